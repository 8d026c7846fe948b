import type { LaunchPreviewRequest } from '../../contract/launch-preview.ts';
import { decideLaunch, type LaunchDecision, requiredOf } from '../policy/launch-decision.ts';
import type { CompanyPolicy } from '../ports/company-policy.ts';
import type { VerifiedActor } from '../ports/identity-provider.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Caller, LaunchDependencies } from './dependencies.ts';
import { gatherPolicyFacts, unprovenActor } from './policy-facts.ts';

/** What a launch would be granted, would need, and whether it would be refused all the same. */
export type Preview = LaunchDecision & {
  /** The version of the company's rules; absent where they were not asked. */
  readonly policyHash?: string;
};

type Dependencies = Pick<
  LaunchDependencies,
  'recentFacts' | 'rules' | 'companyPolicy' | 'identityProvider' | 'ledger' | 'clock' | 'localTime'
>;

const actorOf = async (
  { identityProvider, recentFacts }: Dependencies,
  { agent }: Pick<Caller, 'agent'>,
  actorToken: string | undefined,
  { looksAt }: CompanyPolicy,
): Promise<Pick<VerifiedActor, 'roles' | 'attributes' | 'signIn'> | Refusal> =>
  actorToken === undefined
    ? unprovenActor(looksAt.agent ? await recentFacts.agentRoles(agent.id) : [])
    : identityProvider.verifyActorToken(actorToken, agent.id);

/**
 * Decides about a launch as {@link requestLaunch} would. Nothing is issued, recorded or ended. An account that
 * is no customer is answered like one that does not exist. What it knows of customer, app and, without an
 * actor token, of the agent may be 30 s old.
 * @throws {TenantUnavailableError | TenantBusyError | LedgerUnavailableError}
 */
export const previewLaunch = async (
  deps: Dependencies,
  caller: Pick<Caller, 'agent' | 'agentIp'>,
  request: LaunchPreviewRequest,
): Promise<Preview> => {
  const { recentFacts, rules } = deps;
  const { customerId, targetAppId, organizationId, reason, ticket, replaces = [] } = request;
  const needs = requiredOf({ reason, ticket }, rules);
  const refused = (refusal: Refusal): Preview => ({ needs, refusal, policies: [] });
  const [customer, app] = await Promise.all([
    recentFacts.customer(customerId),
    recentFacts.app(targetAppId),
  ]);
  if (!customer || !rules.protection.customerConnections.includes(customer.connection)) {
    return refused(refuse('customer_not_found', 'No account has this id.'));
  }
  if (!app) {
    const detail = 'This app is unknown, or not open to session transfer.';
    return refused(refuse('target_app_unavailable', detail));
  }
  const company = deps.companyPolicy();
  if (isRefusal(company)) {
    return refused(company);
  }
  const actor = await actorOf(deps, caller, request.actorToken, company);
  if (isRefusal(actor)) {
    return refused(actor);
  }
  const place = { customer, targetAppId: app.id, organizationId, replaces };
  const facts = await gatherPolicyFacts(deps, caller, actor, place, company);
  const agentId = caller.agent.id;
  return {
    ...decideLaunch(
      { agentId, customer, app, organizationId, reason, ticket, facts },
      rules,
      company,
    ),
    policyHash: company.hash,
  };
};
