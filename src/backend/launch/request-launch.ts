import type { IssuedLaunch } from '../../contract/launch.ts';
import type { LaunchRequest } from '../../contract/launch-request.ts';
import { POLICY_BEHIND } from '../ports/company-policy.ts';
import type { LoadedCustomer } from '../ports/customer-directory.ts';
import type { LaunchLimits } from '../ports/launch-limits.ts';
import type { LaunchFacts, Ledger } from '../ports/ledger.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { clearLaunch } from './clear-launch.ts';
import type { Caller, LaunchDependencies } from './dependencies.ts';
import { exchangeToken, prepareExchange } from './exchange-token.ts';
import { recordRefusedRequest } from './refused-request.ts';
import { EXCHANGE_SECONDS, lookWindow, TOKEN_MAX_SECONDS } from './tenant-session/look-window.ts';

const factsOf = (
  { agent, agentIp, requestId }: Caller,
  request: LaunchRequest,
  customer: LoadedCustomer | undefined,
): LaunchFacts => {
  const { id: launchId, customerId, targetAppId, organizationId, reason, ticket } = request;
  return {
    launchId,
    agentId: agent.id,
    agentIp,
    customerId,
    targetAppId,
    requestId,
    ...(customer && { customerName: customer.name, customerEmail: customer.email }),
    ...(organizationId && { organizationId }),
    ...(reason && { reason }),
    ...(ticket && { ticket }),
  };
};

const LIMITED: Readonly<Record<keyof LaunchLimits, (limit: number) => string>> = {
  perHour: (limit) => `You may act as customers ${limit} times in an hour.`,
  active: (limit) => `You may have ${limit} sessions at the same time.`,
  perCustomer: (limit) => `There may be ${limit} sessions as one customer at the same time.`,
  perOrganization: (limit) =>
    `There may be ${limit} sessions in one organization at the same time.`,
};

/** Why the ledger did not begin a launch that was decided. */
const refusalOfClaim = (
  claim: 'policy_behind' | { readonly overLimit: keyof LaunchLimits },
  limits: LaunchLimits,
): Refusal =>
  claim === 'policy_behind'
    ? POLICY_BEHIND
    : refuse('limit_reached', LIMITED[claim.overLimit](limits[claim.overLimit] ?? 0));

/**
 * Records a launch that is refused before anything is known of its customer.
 * @throws {LedgerUnavailableError}
 */
export const recordRefusedLaunch = async (
  ledger: Ledger,
  caller: Caller,
  request: LaunchRequest,
  refusal: Refusal,
): Promise<void> => {
  const launch = factsOf(caller, request, undefined);
  const claim = await ledger.claim({ type: 'launch_refused', launch, code: refusal.code });
  if (claim === 'already_requested') {
    await recordRefusedRequest(ledger, caller, refusal, request.id);
  }
};

/**
 * Gives a session transfer token to an agent who may have it. Guarantees: without a ledger row of the
 * intent the tenant is not asked for a token; without a row of the outcome the token is not given; one
 * launch id yields one token at most; every refusal has its row.
 * @throws {LedgerUnavailableError} nothing was given, whatever the tenant said.
 */
export const requestLaunch = async (
  deps: LaunchDependencies,
  caller: Caller,
  request: LaunchRequest,
): Promise<IssuedLaunch | Refusal> => {
  const decision = await clearLaunch(deps, caller, request);
  const launch = factsOf(caller, request, decision.customer);
  const refuseUsedId = (): Promise<Refusal> => {
    const used = 'This launch id is used up; a launch yields one token at most.';
    const refusal = refuse('launch_already_requested', used);
    return recordRefusedRequest(deps.ledger, caller, refusal, request.id);
  };
  if (!decision.cleared) {
    const { refusal, record } = decision;
    const claim = await deps.ledger.claim({
      type: 'launch_refused',
      launch,
      code: refusal.code,
      ...(record && { decision: record }),
    });
    return claim === 'already_requested' ? refuseUsedId() : refusal;
  }
  // Signed while the ledger writes. Nothing is sent before the row is there.
  const exchange = prepareExchange(deps, caller, request, decision);
  const endedAt = deps.clock();
  const rival = {
    endedAt,
    ...lookWindow(endedAt, EXCHANGE_SECONDS + TOKEN_MAX_SECONDS, deps.logLagMilliseconds),
  };
  const claim = await deps.ledger.claim({
    type: 'launch_requested',
    launch,
    rival,
    limits: deps.rules.limits,
    decision: decision.record,
  });
  if (claim === 'recorded') {
    return exchangeToken(deps, caller, request, decision, exchange);
  }
  if (claim === 'already_requested') {
    return refuseUsedId();
  }
  const refusal = refusalOfClaim(claim, deps.rules.limits);
  await deps.ledger.claim({
    type: 'launch_refused',
    launch,
    code: refusal.code,
    decision: decision.record,
  });
  return refusal;
};
