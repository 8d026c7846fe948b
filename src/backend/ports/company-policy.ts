import { BUILT_IN_POLICY_NAME } from '../../contract/built-in-policy.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';
import type { Grant, StepUp } from '../../contract/grant.ts';
import type { AgentId, CustomerId, OrganizationId, TargetAppId } from '../../contract/ids.ts';
import type { LaunchNeed } from '../../contract/launch-preview.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Membership } from './customer-directory.ts';
import type { PolicyAttributes } from './policy-attributes.ts';

/** Someone of the company, as rules know them. */
export type PolicyAgent = {
  readonly id: AgentId;
  readonly roles: readonly string[];
  readonly attributes: PolicyAttributes;
};

/** All that a company's rules may decide a launch by, but the grant. */
export type PolicyFacts = {
  readonly agent: PolicyAgent;
  readonly customer: {
    readonly id: CustomerId;
    readonly connection: string;
    readonly organizations: readonly Membership[];
    readonly attributes: PolicyAttributes;
  };
  readonly targetAppId: TargetAppId;
  /** The organization that the launch is for, which may differ from those that the customer belongs to. */
  readonly organizationId?: OrganizationId;
  readonly reasonGiven: boolean;
  readonly ticketGiven: boolean;
  /** Launches of the agent that were requested in the last hour. A hint: limits that must hold are the ledger's. */
  readonly launchesLastHour: number;
  /** Sessions of the agent that are open, without those that this launch replaces. A hint, too. */
  readonly activeSessions: number;
  /** Whole seconds since the agent signed in; {@link INFINITELY_OLD} where the token does not say. */
  readonly authAgeSeconds: number;
  /** The `amr` of the sign-in. */
  readonly authMethods: readonly string[];
  /** The `acr` of the sign-in. */
  readonly authClass?: string;
  /** The agent's address; absent where it is not known. */
  readonly network?: string;
  /** Who approved the launch. */
  readonly approver?: PolicyAgent;
  readonly at: Date;
  /** The hour in the company's time zone, 0 to 23. */
  readonly localHour: number;
  /** The day in the company's time zone, 1 (Monday) to 7 (Sunday). */
  readonly weekday: number;
};

/** The age of a sign-in that nobody knows, in seconds. */
export const INFINITELY_OLD = Number.MAX_SAFE_INTEGER;

/** What a rule says about itself. */
export type PolicyNote = {
  readonly id: string;
  /** The code that a launch is refused with. */
  readonly code?: ErrorCode;
  /** What would cure the refusal. */
  readonly remedy?: LaunchNeed;
  /** What the agent is told. */
  readonly detail?: string;
  /** The sign-in that cures the refusal, where it differs from the configured one. */
  readonly stepUp?: Partial<StepUp>;
};

/** Whether a launch is allowed with one grant, and by which rules, in the order of their ids. */
export type PolicyAnswer =
  | { readonly outcome: 'allowed' | 'denied'; readonly policies: readonly PolicyNote[] }
  /** A rule could not be decided, or the question does not fit the rules: nothing is allowed. */
  | { readonly outcome: 'failed'; readonly policies: readonly PolicyNote[] };

/** One version of a company's rules. */
export type CompanyPolicy = {
  /** SHA-256 of the rules, in hex. */
  readonly hash: string;
  /** Whether any rule looks at the agent, at their sign-in, and at how many launches they have. */
  readonly looksAt: {
    readonly agent: boolean;
    readonly signIn: boolean;
    readonly counts: boolean;
  };
  /** Decides one question. Never throws. */
  readonly ask: (facts: PolicyFacts, grant: Grant) => PolicyAnswer;
};

/** What a replica refuses with that decides by other rules than those in force. */
export const POLICY_BEHIND: Refusal = refuse(
  'policy_denied',
  'This backend has other rules than those in force; your platform team must bring it up to date.',
);

/** The rules that a backend has without a folder of policies: every launch that is not refused otherwise is allowed. */
export const BUILT_IN_POLICY: CompanyPolicy = {
  hash: BUILT_IN_POLICY_NAME,
  looksAt: { agent: false, signIn: false, counts: false },
  ask: () => ({ outcome: 'allowed', policies: [{ id: BUILT_IN_POLICY_NAME }] }),
};
