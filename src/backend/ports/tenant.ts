import type {
  AgentId,
  CustomerId,
  LaunchId,
  OrganizationId,
  TargetAppId,
} from '../../contract/ids.ts';
import type { TargetApp } from '../../contract/target-app.ts';

export type AgentProfile = { readonly name: string; readonly email: string };

/** Whether an agent's account is blocked, and the names of its roles. */
export type AgentStanding = { readonly isBlocked: boolean; readonly roles: readonly string[] };

/** A target app with the connections whose customers can sign in to it. */
export type CatalogedApp = TargetApp & { readonly connections: readonly string[] };

/** How a target app is configured now, as far as redemption depends on it. */
export type AppSettings = {
  readonly delegationAllowed: boolean;
  readonly queryAllowed: boolean;
  readonly organizationUsage: TargetApp['organizationUsage'];
  readonly connections: readonly string[];
};

/** An entry of the tenant's log, as far as launches are concerned. Never holds a token or a URL. */
export type TenantLogEntry = {
  readonly id: string;
  /** Auth0's event type code, such as `sdel`. */
  readonly type: string;
  readonly at: Date;
  readonly clientId?: TargetAppId;
  readonly customerId?: CustomerId;
  readonly organizationId?: OrganizationId;
  readonly ip?: string;
  readonly sessionId?: string;
  /** The actor object of a delegated event. */
  readonly actor?: { readonly sub?: AgentId; readonly launch?: LaunchId };
  /** A parameter of the login that whoever opened it chose. */
  readonly correlationId?: string;
  readonly description?: string;
  readonly error?: string;
};

/** Which entries of the log are wanted. */
export type LogSearch = {
  readonly types: readonly string[];
  readonly since: Date;
  readonly until?: Date;
  /** Whether a session ends by what is found: the search then comes before anything else. */
  readonly isForEnd?: boolean;
};

/** Entries of the log, newest first; `more` says that there are older ones that fit. */
export type LogPage = { readonly entries: readonly TenantLogEntry[]; readonly more: boolean };

/** A session as the tenant shows it, or why it does not: there is none, or the plan has no sessions to look at. */
export type SessionLook =
  | 'gone'
  | 'not_in_plan'
  | {
      readonly customerId?: CustomerId;
      /** Who acts in it. */
      readonly agentId?: AgentId;
      /** What our post-login Action wrote into it. */
      readonly launchId?: LaunchId;
    };

/** What became of ending a session at the tenant: gone, still there, or not to be told on this plan. */
export type SessionEnd = 'gone' | 'still_there' | 'not_in_plan';

/**
 * What the backend asks the company's tenant for, besides tokens and customers.
 * @throws {TenantUnavailableError | TenantBusyError} from every method, when the tenant does not answer.
 */
export type Tenant = {
  readonly agents: {
    /** Name and address of an agent; may be five minutes old. */
    readonly load: (id: AgentId) => Promise<AgentProfile>;
    /** What an agent may be now, never from a cache; `undefined` when the account is gone. */
    readonly standing: (id: AgentId) => Promise<AgentStanding | undefined>;
    /**
     * What an agent may do at this backend, by a role or directly, as a new access token would have it; never from
     * a cache. Nothing when the account is gone.
     */
    readonly permissions: (id: AgentId) => Promise<readonly string[]>;
  };
  /** The apps that are open to session transfer. */
  readonly apps: {
    /** All of them; may be a minute old. */
    readonly list: () => Promise<readonly CatalogedApp[]>;
    /** One of them as it is now, its connections at most a minute old; `undefined` when there is none. */
    readonly load: (id: TargetAppId) => Promise<CatalogedApp | undefined>;
  };
  /** The configuration as it is now, never from a cache. */
  readonly settings: {
    readonly ofApp: (id: TargetAppId) => Promise<AppSettings | undefined>;
    /** The connections enabled on the requesting application. */
    readonly requestingConnections: () => Promise<readonly string[]>;
    /** The connections enabled in an organization; `undefined` when there is no such organization. */
    readonly organizationConnections: (
      id: OrganizationId,
    ) => Promise<readonly string[] | undefined>;
  };
  /** The tenant's own log. Entries may come late, by an unknown time, and out of order. */
  readonly log: {
    /** One page of at most 100 entries. */
    readonly search: (search: LogSearch) => Promise<LogPage>;
  };
  readonly sessions: {
    readonly look: (sessionId: string) => Promise<SessionLook>;
    /** Deletes a session and looks whether it is gone. One that does not exist is gone. */
    readonly end: (sessionId: string) => Promise<SessionEnd>;
  };
};
