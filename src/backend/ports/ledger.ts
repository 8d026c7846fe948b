import type { ErrorCode } from '../../contract/error-codes.ts';
import type { Grant } from '../../contract/grant.ts';
import type {
  AgentId,
  CustomerId,
  LaunchId,
  OrganizationId,
  TargetAppId,
} from '../../contract/ids.ts';
import type { Launch, TenantSession } from '../../contract/launch.ts';
import type { ConfirmedBy, EndCause, LandedBy } from '../../contract/launch-state.ts';
import type { LaunchTransitionEvent } from '../../contract/launch-transitions.ts';
import type { LedgerRow } from '../../contract/ledger.ts';
import type { ClaimOutcome, LaunchLimits } from './launch-limits.ts';
import type { StandaloneRow } from './standalone-row.ts';

/** What is known of a launch when it is asked for. Blank where a refusal came too early to know. */
export type LaunchFacts = {
  readonly launchId: LaunchId;
  readonly agentId: AgentId;
  readonly agentIp: string;
  readonly customerId: CustomerId;
  readonly customerName?: string;
  readonly customerEmail?: string;
  readonly targetAppId: TargetAppId;
  readonly organizationId?: OrganizationId;
  readonly reason?: string;
  readonly ticket?: string;
  readonly requestId: string;
};

/** What was decided about a launch, and by what. All of it is in the row that begins the launch. */
export type DecisionRecord = {
  readonly grant?: Grant;
  /** The ids of the policies that decided. */
  readonly policies?: readonly string[];
  /** The hash of the folder of policies. */
  readonly policyHash?: string;
  /** The attributes of agent, customer and request that the policies looked at, by name. They are personal. */
  readonly policyFacts?: Readonly<Record<string, string>>;
};

/** A row that begins a launch: the intent, or a refusal in its stead. */
export type LaunchClaim = { readonly launch: LaunchFacts; readonly decision?: DecisionRecord } & (
  | {
      readonly type: 'launch_requested';
      /** What becomes of open launches that the tenant's log could not tell from this one. */
      readonly rival: RivalEnd;
      /** What a launch may not exceed, counted in the same transaction, over all replicas. */
      readonly limits?: LaunchLimits;
    }
  | { readonly type: 'launch_refused'; readonly code: ErrorCode }
);

/**
 * How long a session of a launch can appear: its token may be redeemed until `redeemableUntil`, and the
 * tenant's log may be late, so the look for a session goes on until `lookDueUntil`.
 */
export type LookWindow = { readonly redeemableUntil: Date; readonly lookDueUntil: Date };

/** When a launch that another one takes the place of ends, and how long a session of it can appear. */
export type RivalEnd = LookWindow & { readonly endedAt: Date };

/** A row that carries a launch on. */
export type LaunchProgress = {
  readonly launchId: LaunchId;
  readonly requestId: string;
  /** The launch that took the place of this one. */
  readonly replacedBy?: LaunchId;
} & (
  | ({
      readonly type: 'launch_issued';
      /** The first 16 hex digits of the token's SHA-256: enough to recognise it, useless to redeem. */
      readonly tokenSha256Prefix: string;
      readonly sessionEndsAt: Date;
    } & LookWindow)
  /** With a window where it is not known whether the tenant issued a token. */
  | ({ readonly type: 'launch_failed'; readonly code: ErrorCode } & Partial<LookWindow>)
  /** The process that asked the tenant died before it could record the outcome. */
  | ({ readonly type: 'launch_interrupted' } & LookWindow)
  | { readonly type: 'launch_opened'; readonly occurredAt: Date }
  | { readonly type: 'launch_landed'; readonly occurredAt: Date; readonly landedBy: LandedBy }
  | {
      readonly type: 'launch_confirmed';
      readonly confirmedBy: ConfirmedBy;
      readonly sessionId?: string;
      readonly sessionEndsAt: Date;
      readonly lookOver?: true;
    }
  | { readonly type: 'launch_unconfirmed' }
  | ({
      readonly type: 'launch_not_landed';
      readonly occurredAt: Date;
      readonly seenOrigin?: string;
      readonly seenError?: string;
    } & Partial<LookWindow>)
  | {
      readonly type: 'launch_ended';
      readonly occurredAt: Date;
      readonly cause: EndCause;
      /** Absent when the backend itself ended it. */
      readonly endedBy?: AgentId;
      /** Who saw that the session is over. */
      readonly verifiedBy: EndVerifier;
      readonly tenantSession?: TenantSession;
      readonly sessionId?: string;
      /** Extends the look for a session of the launch. */
      readonly lookDueUntil?: Date;
      readonly lookOver?: true;
    }
  /** The tenant's log shows a session of the launch, or one that it shares with others (`ambiguous`). */
  | {
      readonly type: 'session_found';
      readonly sessionId?: string;
      readonly foundBy?: ConfirmedBy;
      /** Until when it would have lived. */
      readonly sessionEndsAt?: Date;
      readonly ambiguous?: true;
      /** What became of it, where the launch was over and it was to be deleted. */
      readonly tenantSession?: TenantSession;
      readonly lookOver?: true;
    }
);

/** Who saw that a session is over: the tenant was asked, the extension reports it, or nobody did. */
export type EndVerifier = 'tenant' | 'extension' | 'nobody';

/** What happens to a launch with each kind of row, in the terms of the table of transitions. */
export const EVENT_OF_ROW: Readonly<Record<LaunchProgress['type'], LaunchTransitionEvent>> = {
  launch_issued: 'issued',
  launch_failed: 'failed',
  launch_interrupted: 'interrupted',
  launch_opened: 'opened',
  launch_landed: 'landed',
  launch_confirmed: 'confirmed',
  launch_unconfirmed: 'unconfirmed',
  launch_not_landed: 'not_landed',
  launch_ended: 'ended',
  session_found: 'session_found',
};

/** A launch with what only the backend may know of it. */
export type RecordedLaunch = {
  readonly launch: Launch;
  readonly agentIp?: string;
  readonly issuedAt?: Date;
  /** The delegated session, once the tenant's log has shown it. */
  readonly sessionId?: string;
  /** Until when its token can have been redeemed; absent where there is none. */
  readonly redeemableUntil?: Date;
};

/** How many launches somebody has. */
export type LaunchCounts = { readonly lastHour: number; readonly active: number };

/** Work that is done once for a database, however many backends share it. */
export type Duty = 'follow_log' | 'revoke' | 'sign' | 'expire';

/** The ledger cannot be written or read. Nothing was recorded. */
export class LedgerUnavailableError extends Error {
  override readonly name = 'LedgerUnavailableError';
}

/**
 * The append-only record of who acted as whom. A method that resolved has recorded; one that throws
 * {@link LedgerUnavailableError} has recorded nothing.
 */
export type Ledger = {
  /**
   * Records the first row of a launch, once: its id is taken from then on, whoever asks. An intent ends, in
   * the same transaction, whatever open launch has its agent, address, customer, app and organization.
   */
  readonly claim: (row: LaunchClaim) => Promise<ClaimOutcome>;
  /**
   * Records a further row and moves the launch on, as the table of transitions says. When the row's event
   * cannot happen in the launch's present state, nothing is recorded.
   */
  readonly advance: (row: LaunchProgress) => Promise<'recorded' | 'wrong_state'>;
  /**
   * Marks launches as interrupted whose intent was recorded before then and whose outcome never was: the
   * process that asked the tenant died. Gives how many.
   */
  readonly markInterrupted: (before: Date, window: LookWindow) => Promise<number>;
  /** Records a row that belongs to no launch. */
  readonly record: (row: StandaloneRow) => Promise<void>;
  readonly findLaunch: (id: LaunchId) => Promise<RecordedLaunch | undefined>;
  /**
   * The launches whose look is due at that time, and those whose look is over without a verdict on what the
   * extension reported.
   */
  readonly listLookedFor: (at: Date) => Promise<readonly RecordedLaunch[]>;
  /** The launches of everybody that may have a session at that time. */
  readonly listOpen: (at: Date) => Promise<readonly RecordedLaunch[]>;
  /** The launches of everybody that are not over, though their session's time is. */
  readonly listExpired: (at: Date) => Promise<readonly RecordedLaunch[]>;
  /** The launches whose token could be redeemed at some time between the two. */
  readonly listRedeemable: (from: Date, until: Date) => Promise<readonly RecordedLaunch[]>;
  /** The launches that a session of the tenant was recorded for. */
  readonly listBySession: (sessionId: string) => Promise<readonly LaunchId[]>;
  /** The launches that each of these sessions was recorded for as `ambiguous`; sessions without any are left out. */
  readonly listSharing: (
    sessionIds: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly LaunchId[]>>;
  /**
   * Takes a duty that one process at a time has, or keeps it; false while another process has it. It is
   * given back when `milliseconds` pass without being kept.
   */
  readonly holdDuty: (duty: Duty, milliseconds: number) => Promise<boolean>;
  /**
   * Newest first, 200 at most; of one agent, or of everybody. `activeAt` selects those that may have a
   * session at that time, and those that the tenant's log is still searched for.
   */
  readonly listLaunches: (filter: {
    readonly agentId?: AgentId;
    readonly activeAt?: Date;
  }) => Promise<readonly Launch[]>;
  /**
   * How many launches of an agent were requested in the hour before that time, and how many of them may have a
   * session then. Refused ones do not count, and neither do those that are to be replaced.
   */
  readonly countLaunches: (
    agentId: AgentId,
    at: Date,
    replaced: readonly LaunchId[],
  ) => Promise<LaunchCounts>;
  /**
   * Says whether a version of the company's rules is in force. One that never was comes into force, and so does one
   * that somebody changed to while the backend ran (`isDeliberate`); any other is an old one.
   */
  readonly claimPolicy: (hash: string, isDeliberate: boolean) => Promise<boolean>;
  /** The version of the company's rules that is in force; `undefined` where none was claimed yet. */
  readonly policyInForce: () => Promise<string | undefined>;
  /** All rows in order, or those after a number. */
  readonly rows: (after?: number) => AsyncIterable<LedgerRow>;
  /**
   * All rows about a customer, in order: those of launches that were requested since then, and others since then
   * that name the customer. Nothing once the customer was erased.
   */
  readonly rowsOfCustomer: (customerId: CustomerId, since: Date) => Promise<readonly LedgerRow[]>;
  /** Resolves when a row could be written now. */
  readonly assertWritable: () => Promise<void>;
  readonly close: () => Promise<void>;
};
