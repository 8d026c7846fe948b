import type { LaunchRequirements } from '../../contract/agent.ts';
import type { AgentId, OrganizationId } from '../../contract/ids.ts';
import type { LaunchNeed } from '../../contract/launch-preview.ts';
import type { LoadedCustomer } from '../ports/customer-directory.ts';
import type { CatalogedApp } from '../ports/tenant.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type Justification, refuseReason, refuseTicket } from './justification.ts';
import { refuseOrganization } from './organization.ts';
import { type ProtectionRules, refuseProtected } from './protection.ts';
import { refuseReach } from './reach.ts';

/** What a company decides about launches. */
export type LaunchRules = {
  /** The stop switch: no launch is issued. */
  readonly paused: boolean;
  readonly requirements: LaunchRequirements;
  /** Whether a text has the form of the company's tickets. */
  readonly isTicket: (text: string) => boolean;
  readonly protection: ProtectionRules;
};

/** Who would act as whom and where, with customer and app as they are now. */
type LaunchPlace = {
  readonly agentId: AgentId;
  readonly customer: LoadedCustomer;
  readonly app: CatalogedApp;
  readonly organizationId: OrganizationId | undefined;
};

/** One launch, with all that decides about it. */
export type LaunchCase = LaunchPlace & Justification;

const refusePaused = ({ paused }: LaunchRules): Refusal | undefined =>
  paused
    ? refuse('policy_denied', 'Your company has paused all launches; ask your security team.')
    : undefined;

/** The refusals that nothing an agent adds to the request would change. */
export const refuseIncurable = (launch: LaunchPlace, rules: LaunchRules): Refusal | undefined =>
  refusePaused(rules) ??
  refuseProtected(launch.customer, launch.agentId, rules.protection) ??
  refuseReach(launch.customer, launch.app) ??
  refuseOrganization(launch.customer, launch.app, launch.organizationId);

/** What the agent must still give. */
export const needsOf = (
  given: Justification,
  { requirements, isTicket }: LaunchRules,
): readonly LaunchNeed[] => [
  ...(refuseReason(given, requirements) ? ['reason' as const] : []),
  ...(refuseTicket(given, requirements, isTicket) ? ['ticket' as const] : []),
];

/**
 * May this agent act as this customer, here, now? Gives the first refusal, or `undefined` for yes.
 * Pure: everything it knows is in its arguments.
 */
export const refuseLaunch = (launch: LaunchCase, rules: LaunchRules): Refusal | undefined =>
  refuseIncurable(launch, rules) ??
  refuseReason(launch, rules.requirements) ??
  refuseTicket(launch, rules.requirements, rules.isTicket);
