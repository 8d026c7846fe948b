import type { LaunchRequirements } from '../../contract/agent.ts';
import type { Grant, StepUp } from '../../contract/grant.ts';
import type { AgentId, OrganizationId } from '../../contract/ids.ts';
import type { LaunchNeed } from '../../contract/launch-preview.ts';
import type { CompanyPolicy, PolicyFacts } from '../ports/company-policy.ts';
import type { LoadedCustomer } from '../ports/customer-directory.ts';
import type { LaunchLimits } from '../ports/launch-limits.ts';

import type { CatalogedApp } from '../ports/tenant.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type CompanyRules, decideByCompanyRules } from './company-rules.ts';
import { type Justification, refuseReason, refuseTicket } from './justification.ts';
import { refuseOrganization } from './organization.ts';
import { type ProtectionRules, refuseProtected } from './protection.ts';
import { refuseReach } from './reach.ts';

/** What a company decides about launches, besides its policies. */
export type LaunchRules = {
  /** The stop switch: no launch is issued. */
  readonly paused: boolean;
  readonly requirements: LaunchRequirements;
  /** Whether a text has the form of the company's tickets. */
  readonly isTicket: (text: string) => boolean;
  readonly protection: ProtectionRules;
  /** Counted by the ledger, in the transaction that begins a launch. */
  readonly limits: LaunchLimits;
  readonly company: CompanyRules;
};

/** Who would act as whom and where, with customer and app as they are now. */
type LaunchPlace = {
  readonly agentId: AgentId;
  readonly customer: LoadedCustomer;
  readonly app: CatalogedApp;
  readonly organizationId: OrganizationId | undefined;
};

/** One launch, with all that decides about it. */
export type LaunchCase = LaunchPlace &
  Justification & {
    /** What the company's rules decide by. Reason and ticket follow from the launch itself. */
    readonly facts: Omit<PolicyFacts, 'reasonGiven' | 'ticketGiven'>;
    /** The grant that the agent was shown: never more is given. */
    readonly shownGrant?: Grant;
  };

/**
 * What is decided about a launch. `grant` is what it is granted once the `needs` are met, `refusal` why it is
 * refused even then.
 */
export type LaunchDecision = {
  readonly grant?: Grant;
  readonly needs: readonly LaunchNeed[];
  readonly stepUp?: StepUp;
  readonly refusal?: Refusal;
  /** The ids of the company's rules that decided; none where a fixed protection did. */
  readonly policies: readonly string[];
};

const refusePaused = ({ paused }: LaunchRules): Refusal | undefined =>
  paused
    ? refuse('policy_denied', 'Your company has paused all launches; ask your security team.')
    : undefined;

/** The refusals that no configuration loosens, and that nothing an agent adds to the request would change. */
const refuseFixed = (launch: LaunchPlace, rules: LaunchRules): Refusal | undefined =>
  refusePaused(rules) ??
  refuseProtected(launch.customer, launch.agentId, rules.protection) ??
  refuseReach(launch.customer, launch.app) ??
  refuseOrganization(launch.customer, launch.app, launch.organizationId);

/** What every launch must carry and this one does not. */
export const requiredOf = (
  given: Justification,
  { requirements, isTicket }: LaunchRules,
): readonly LaunchNeed[] => [
  ...(refuseReason(given, requirements) ? ['reason' as const] : []),
  ...(refuseTicket(given, requirements, isTicket) ? ['ticket' as const] : []),
];

/** The steps of the ladder that do not go beyond what the agent was shown, which is one of them. */
const ladderUpTo = (ladder: readonly Grant[], shown: Grant | undefined): readonly Grant[] => {
  if (!shown) {
    return ladder;
  }
  const most = Math.max(...ladder.map(({ minutes }) => minutes));
  const lower = ladder.filter(({ minutes }) => minutes < shown.minutes);
  return shown.minutes <= most ? [shown, ...lower] : lower;
};

const refuseLess = (shown: Grant | undefined, granted: Grant): Refusal | undefined =>
  shown && granted.minutes < shown.minutes
    ? refuse(
        'grant_changed',
        `You were shown ${shown.minutes} minutes; by now ${granted.minutes} are granted.`,
      )
    : undefined;

/**
 * May this agent act as this customer, here, now, for how long, and why not? The one decision that preview and
 * launch share. The fixed protections come first; the company's rules are asked only about what is left, as if
 * everything that each launch must carry were given.
 * Pure: everything it knows is in its arguments.
 */
export const decideLaunch = (
  launch: LaunchCase,
  rules: LaunchRules,
  company: CompanyPolicy,
): LaunchDecision => {
  const required = requiredOf(launch, rules);
  const fixed = refuseFixed(launch, rules);
  if (fixed) {
    return { needs: required, refusal: fixed, policies: [] };
  }
  const { shownGrant, reason, ticket } = launch;
  const facts: PolicyFacts = {
    ...launch.facts,
    reasonGiven: (reason ?? '').trim() !== '' || required.includes('reason'),
    ticketGiven: (ticket ?? '').trim() !== '' || required.includes('ticket'),
  };
  const decided = decideByCompanyRules(company, facts, {
    ...rules.company,
    ladder: ladderUpTo(rules.company.ladder, shownGrant),
  });
  const { policies } = decided;
  if ('refusal' in decided) {
    return { needs: required, refusal: decided.refusal, policies };
  }
  const { grant, stepUp } = decided;
  const needs = [...new Set([...required, ...decided.needs])];
  const less = needs.length === 0 ? refuseLess(shownGrant, grant) : undefined;
  return { grant, needs, policies, ...(stepUp && { stepUp }), ...(less && { refusal: less }) };
};

const NEED_REFUSALS: Readonly<Record<LaunchNeed, Refusal>> = {
  reason: refuse('reason_required', 'Your company wants a reason for this launch.'),
  ticket: refuse('ticket_required', 'Your company wants a ticket for this launch.'),
  approval: refuse('policy_denied', 'Your company wants somebody else to approve this launch.'),
  step_up: refuse('step_up_required', 'Your company wants a fresh sign-in for this launch.'),
};

/** Why a launch is not issued as it is: what is refused for good, or the first need. */
export const refusalOf = (
  { refusal, needs, stepUp }: LaunchDecision,
  given: Justification,
  { requirements, isTicket }: LaunchRules,
): Refusal | undefined => {
  const missing =
    refusal ?? refuseReason(given, requirements) ?? refuseTicket(given, requirements, isTicket);
  if (missing) {
    return missing;
  }
  const [need] = needs;
  if (need === undefined) {
    return undefined;
  }
  return { ...NEED_REFUSALS[need], ...(need === 'step_up' && stepUp && { stepUp }) };
};
