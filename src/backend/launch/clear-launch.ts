import type { LaunchRequest } from '../../contract/launch-request.ts';
import { refuseLaunch } from '../policy/launch-decision.ts';
import { refuseWithoutPermission } from '../policy/permission.ts';
import type { LoadedCustomer } from '../ports/customer-directory.ts';
import type { VerifiedActorToken } from '../ports/identity-provider.ts';
import type { CatalogedApp } from '../ports/tenant.ts';
import { TenantBusyError, TenantUnavailableError } from '../ports/tenant-errors.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Caller, LaunchDependencies } from './dependencies.ts';

/** A launch that policy allows. */
export type ClearedLaunch = {
  readonly cleared: true;
  readonly customer: LoadedCustomer;
  readonly app: CatalogedApp;
  readonly actorToken: VerifiedActorToken;
};

/** A launch that is refused; the customer is there where they were known before the refusal. */
export type RefusedLaunch = {
  readonly cleared: false;
  readonly refusal: Refusal;
  readonly customer?: LoadedCustomer;
};

const refused = (refusal: Refusal, customer?: LoadedCustomer): RefusedLaunch => ({
  cleared: false,
  refusal,
  ...(customer && { customer }),
});

const decide = async (
  deps: LaunchDependencies,
  { agent }: Caller,
  request: LaunchRequest,
): Promise<ClearedLaunch | RefusedLaunch> => {
  const notPermitted = refuseWithoutPermission(agent, 'impersonate:customers');
  if (notPermitted) return refused(notPermitted);
  const actorToken = await deps.identityProvider.verifyActorToken(request.actorToken, agent.id);
  if (isRefusal(actorToken)) return refused(actorToken);
  const [customer, app] = await Promise.all([
    deps.customers.load(request.customerId, request.organizationId),
    deps.tenant.apps.load(request.targetAppId),
  ]);
  if (!customer) return refused(refuse('customer_not_found', 'No account has this id.'));
  if (!app) {
    const detail = 'This app is unknown, or not open to session transfer.';
    return refused(refuse('target_app_unavailable', detail), customer);
  }
  const { organizationId, reason, ticket } = request;
  const refusal = refuseLaunch(
    { agentId: agent.id, customer, app, organizationId, reason, ticket },
    deps.rules,
  );
  return refusal ? refused(refusal, customer) : { cleared: true, customer, app, actorToken };
};

/**
 * Loads customer and app afresh, verifies the actor token and lets policy decide. A tenant that does
 * not answer is a refusal too, so that it reaches the ledger.
 */
export const clearLaunch = async (
  deps: LaunchDependencies,
  caller: Caller,
  request: LaunchRequest,
): Promise<ClearedLaunch | RefusedLaunch> => {
  try {
    return await decide(deps, caller, request);
  } catch (error) {
    if (error instanceof TenantBusyError) {
      return refused(refuse('rate_limited', "The tenant's rate limit is used up for the moment."));
    }
    if (error instanceof TenantUnavailableError) {
      deps.log.error('tenant_unavailable', { requestId: caller.requestId, cause: error.message });
      return refused(refuse('tenant_unavailable', error.detail));
    }
    throw error;
  }
};
