import type { Grant } from '../../contract/grant.ts';
import type { LaunchRequest } from '../../contract/launch-request.ts';
import { decideLaunch, refusalOf } from '../policy/launch-decision.ts';
import { refuseWithoutPermission } from '../policy/permission.ts';
import { recordedFacts } from '../policy/recorded-facts.ts';
import { INFINITELY_OLD } from '../ports/company-policy.ts';
import type { LoadedCustomer } from '../ports/customer-directory.ts';
import type { VerifiedActor } from '../ports/identity-provider.ts';
import type { DecisionRecord } from '../ports/ledger.ts';
import type { CatalogedApp } from '../ports/tenant.ts';
import { TenantBusyError, TenantUnavailableError } from '../ports/tenant-errors.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Caller, LaunchDependencies } from './dependencies.ts';
import { gatherPolicyFacts } from './policy-facts.ts';

/** By how much a sign-in ages until the tenant looks at it, in seconds: as long as a subject token lives. */
const LEEWAY_SECONDS = 60;

/** A launch that policy allows. */
export type ClearedLaunch = {
  readonly cleared: true;
  readonly customer: LoadedCustomer;
  readonly app: CatalogedApp;
  readonly actor: VerifiedActor;
  readonly grant: Grant;
  /** The ids of the company's rules that granted it. */
  readonly policies: readonly string[];
  readonly policyHash: string;
  /** How long ago the agent may have signed in, where the company's rules look at it. */
  readonly maxAuthAgeSeconds?: number;
  /** What the ledger keeps of the decision. */
  readonly record: DecisionRecord;
};

/** A launch that is refused; the customer is there where they were known before the refusal. */
export type RefusedLaunch = {
  readonly cleared: false;
  readonly refusal: Refusal;
  readonly customer?: LoadedCustomer;
  /** What the ledger keeps of the decision, where the company's rules were asked. */
  readonly record?: DecisionRecord;
};

const refused = (
  refusal: Refusal,
  customer?: LoadedCustomer,
  record?: DecisionRecord,
): RefusedLaunch => ({
  cleared: false,
  refusal,
  ...(customer && { customer }),
  ...(record && { record }),
});

const decide = async (
  deps: LaunchDependencies,
  caller: Caller,
  request: LaunchRequest,
): Promise<ClearedLaunch | RefusedLaunch> => {
  const { agent } = caller;
  const notPermitted = refuseWithoutPermission(agent, 'impersonate:customers');
  if (notPermitted) {
    return refused(notPermitted);
  }
  const actor = await deps.identityProvider.verifyActorToken(request.actorToken, agent.id);
  if (isRefusal(actor)) {
    return refused(actor);
  }
  const [customer, app] = await Promise.all([
    deps.customers.load(request.customerId, request.organizationId),
    deps.tenant.apps.load(request.targetAppId),
  ]);
  if (!customer) {
    return refused(refuse('customer_not_found', 'No account has this id.'));
  }
  if (!app) {
    const detail = 'This app is unknown, or not open to session transfer.';
    return refused(refuse('target_app_unavailable', detail), customer);
  }
  const company = deps.companyPolicy();
  if (isRefusal(company)) {
    return refused(company, customer);
  }
  const { organizationId, reason, ticket, grant: shownGrant } = request;
  const place = { customer, targetAppId: app.id, organizationId, replaces: [] };
  const facts = await gatherPolicyFacts(deps, caller, actor, place, company);
  const given = { reason, ticket };
  const decision = decideLaunch(
    {
      agentId: agent.id,
      customer,
      app,
      organizationId,
      ...given,
      facts,
      ...(shownGrant && { shownGrant }),
    },
    deps.rules,
    company,
  );
  const { grant, policies } = decision;
  const { hash: policyHash, looksAt } = company;
  const record: DecisionRecord = {
    ...(grant && { grant }),
    policies,
    policyHash,
    policyFacts: recordedFacts(facts),
  };
  const refusal = refusalOf(decision, given, deps.rules);
  if (refusal || !grant) {
    const why = refusal ?? refuse('policy_denied', 'Nothing was granted.');
    return refused({ ...why, policies, policyHash }, customer, record);
  }
  return {
    cleared: true,
    customer,
    app,
    actor,
    grant,
    policies,
    policyHash,
    record,
    ...(looksAt.signIn &&
      facts.authAgeSeconds !== INFINITELY_OLD && {
        maxAuthAgeSeconds: facts.authAgeSeconds + LEEWAY_SECONDS,
      }),
  };
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
