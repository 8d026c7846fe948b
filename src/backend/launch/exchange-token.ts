import { createHash } from 'node:crypto';
import type { IssuedLaunch } from '../../contract/launch.ts';
import type { LaunchRequest } from '../../contract/launch-request.ts';
import type { PreparedExchange, SessionTransferToken } from '../ports/identity-provider.ts';
import { TenantUnavailableError } from '../ports/tenant-errors.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { ClearedLaunch } from './clear-launch.ts';
import type { Caller, LaunchDependencies } from './dependencies.ts';
import { explainRefusal } from './explain-refusal.ts';
import { lookWindow, TOKEN_MAX_SECONDS } from './tenant-session/look-window.ts';

const MINUTE_MILLISECONDS = 60_000;

/** The tenant did not answer, so it may have issued a token. */
type UnknownOutcome = { readonly outcomeUnknown: true; readonly refusal: Refusal };

const askTenant = async (
  deps: Pick<LaunchDependencies, 'log'>,
  { requestId }: Caller,
  { id: launchId }: LaunchRequest,
  exchange: PreparedExchange,
): Promise<SessionTransferToken | UnknownOutcome | Refusal> => {
  try {
    return await exchange();
  } catch (error) {
    const cause = error instanceof Error ? error.message : 'unknown';
    deps.log.error('exchange_failed', { launchId, requestId, cause });
    return {
      outcomeUnknown: true,
      refusal:
        error instanceof TenantUnavailableError
          ? refuse('tenant_unavailable', error.detail)
          : refuse('internal', 'The exchange with the tenant broke.'),
    };
  }
};

/** Begins to sign what the tenant is asked with for a launch that policy allows. The tenant is not asked yet. */
export const prepareExchange = (
  { identityProvider }: Pick<LaunchDependencies, 'identityProvider'>,
  { agent, agentIp }: Caller,
  { id: launchId, organizationId }: LaunchRequest,
  { actor, customer, app, grant, maxAuthAgeSeconds }: ClearedLaunch,
): PreparedExchange =>
  identityProvider.prepareExchange({
    launchId,
    agentId: agent.id,
    actorToken: actor.token,
    agentIp,
    customer: {
      id: customer.id,
      connection: customer.connection,
      identityUserId: customer.identityUserId,
    },
    targetAppId: app.id,
    ...(organizationId && { organizationId }),
    grant,
    ...(maxAuthAgeSeconds !== undefined && { maxAuthAgeSeconds }),
  });

/**
 * Exchanges a launch whose intent is recorded, and records what came of it before anybody learns of it.
 * @throws {LedgerUnavailableError} when the outcome cannot be recorded; the token is then forgotten.
 */
export const exchangeToken = async (
  deps: LaunchDependencies,
  caller: Caller,
  request: LaunchRequest,
  launch: ClearedLaunch,
  exchange: PreparedExchange,
): Promise<IssuedLaunch | Refusal> => {
  const answer = await askTenant(deps, caller, request, exchange);
  const progress = { launchId: request.id, requestId: caller.requestId };
  const windowOf = (tokenSeconds: number) =>
    lookWindow(deps.clock(), tokenSeconds, deps.logLagMilliseconds);
  if ('outcomeUnknown' in answer) {
    const { code } = answer.refusal;
    await deps.ledger.advance({
      ...progress,
      type: 'launch_failed',
      code,
      ...windowOf(TOKEN_MAX_SECONDS),
    });
    return answer.refusal;
  }
  if (isRefusal(answer)) {
    // First explained, so that the agent and the ledger are told the same.
    const refusal = await explainRefusal(deps, caller.requestId, launch.customer, answer);
    const failed = { ...progress, type: 'launch_failed', code: refusal.code } as const;
    await deps.ledger.advance(failed);
    return refusal;
  }
  const sessionEndsAt = new Date(
    deps.clock().getTime() + launch.grant.minutes * MINUTE_MILLISECONDS,
  );
  const tokenSha256Prefix = createHash('sha256').update(answer.token).digest('hex').slice(0, 16);
  const outcome = await deps.ledger.advance({
    ...progress,
    type: 'launch_issued',
    tokenSha256Prefix,
    sessionEndsAt,
    ...windowOf(answer.expiresInSeconds),
  });
  if (outcome === 'wrong_state') {
    return refuse('launch_state_conflict', 'The launch was given up while the tenant was asked.');
  }
  return {
    id: request.id,
    sessionTransferToken: answer.token,
    loginUrl: launch.app.loginUrl,
    ...(request.organizationId && { organizationId: request.organizationId }),
    expiresInSeconds: answer.expiresInSeconds,
    sessionEndsAt: sessionEndsAt.toISOString(),
    grant: launch.grant,
    policies: [...launch.policies],
    policyHash: launch.policyHash,
  };
};
