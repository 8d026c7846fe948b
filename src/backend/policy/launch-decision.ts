import type { LaunchRequirements } from '../../contract/agent.ts';
import type { AgentId, OrganizationId } from '../../contract/ids.ts';
import type { LoadedCustomer } from '../ports/customer-directory.ts';
import type { CatalogedApp } from '../ports/target-app-catalog.ts';
import type { Refusal } from '../refusal.ts';
import { refuseJustification } from './justification.ts';
import { refuseOrganization } from './organization.ts';
import { type ProtectionRules, refuseProtected } from './protection.ts';
import { refuseReach } from './reach.ts';

/** What a company decides about launches. */
export type LaunchRules = {
  readonly requirements: LaunchRequirements;
  /** Whether a text has the form of the company's tickets. */
  readonly isTicket: (text: string) => boolean;
  readonly protection: ProtectionRules;
};

/** One launch, with customer and app as they are now. */
export type LaunchCase = {
  readonly agentId: AgentId;
  readonly customer: LoadedCustomer;
  readonly app: CatalogedApp;
  readonly organizationId: OrganizationId | undefined;
  readonly reason: string | undefined;
  readonly ticket: string | undefined;
};

/**
 * May this agent act as this customer, here, now? Gives the first refusal, or `undefined` for yes.
 * Pure: everything it knows is in its arguments.
 */
export const refuseLaunch = (launch: LaunchCase, rules: LaunchRules): Refusal | undefined =>
  refuseProtected(launch.customer, launch.agentId, rules.protection) ??
  refuseReach(launch.customer, launch.app) ??
  refuseOrganization(launch.customer, launch.app, launch.organizationId) ??
  refuseJustification(launch, rules.requirements, rules.isTicket);
