import type { LaunchNeed, LaunchPreviewRequest } from '../../contract/launch-preview.ts';
import { needsOf, refuseIncurable } from '../policy/launch-decision.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Caller, LaunchDependencies } from './dependencies.ts';

/** What a launch would need and whether it would be refused all the same. */
export type Preview = {
  readonly needs: readonly LaunchNeed[];
  readonly refusal?: Refusal;
};

/**
 * Decides about a launch as {@link requestLaunch} would, twice: as it is, which gives its needs, and with
 * its needs met, which gives the refusal that remains. Nothing is issued, recorded or ended. An account that
 * is no customer is answered like one that does not exist. What it knows of the customer may be 30 s old.
 * @throws {TenantUnavailableError | TenantBusyError}
 */
export const previewLaunch = async (
  { recentFacts, rules }: Pick<LaunchDependencies, 'recentFacts' | 'rules'>,
  { agent }: Pick<Caller, 'agent'>,
  { customerId, targetAppId, organizationId, reason, ticket }: LaunchPreviewRequest,
): Promise<Preview> => {
  const needs = needsOf({ reason, ticket }, rules);
  const [customer, app] = await Promise.all([
    recentFacts.customer(customerId),
    recentFacts.app(targetAppId),
  ]);
  if (!customer || !rules.protection.customerConnections.includes(customer.connection)) {
    return { needs, refusal: refuse('customer_not_found', 'No account has this id.') };
  }
  if (!app) {
    const detail = 'This app is unknown, or not open to session transfer.';
    return { needs, refusal: refuse('target_app_unavailable', detail) };
  }
  const refusal = refuseIncurable({ agentId: agent.id, customer, app, organizationId }, rules);
  return { needs, ...(refusal && { refusal }) };
};
