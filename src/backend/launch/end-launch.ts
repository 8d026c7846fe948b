import type { LaunchId } from '../../contract/ids.ts';
import type { EndedLaunch } from '../../contract/launch.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Tenant } from '../ports/tenant.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Caller } from './dependencies.ts';
import { findLaunchFor } from './find-launch.ts';

export type EndDependencies = {
  readonly ledger: Ledger;
  readonly tenant: Pick<Tenant, 'sessions'>;
  readonly clock: Clock;
  readonly log: Log;
};

const endAtTenant = async (
  { tenant, log }: EndDependencies,
  launchId: LaunchId,
  sessionId: string | undefined,
): Promise<EndedLaunch['tenantSession']> => {
  if (sessionId === undefined) return 'unknown';
  try {
    return await tenant.sessions.end(sessionId);
  } catch (error) {
    const cause = error instanceof Error ? error.name : 'unknown';
    log.warn('session_end_failed', { launchId, cause });
    return 'unknown';
  }
};

/**
 * Ends a launch's session at the tenant, as far as the session is known and the plan allows, and records
 * the end whatever the tenant said. Its owner may, and whoever holds `end:launches`; the ledger names
 * them. Ending what has ended changes nothing.
 * @throws {LedgerUnavailableError}
 */
export const endLaunch = async (
  deps: EndDependencies,
  caller: Caller,
  requested: LaunchId | undefined,
): Promise<EndedLaunch | Refusal> => {
  const found = await findLaunchFor(deps.ledger, caller, requested, 'end:launches');
  if (isRefusal(found)) return found;
  const { agent, requestId } = caller;
  const launchId = found.launch.id;
  const tenantSession = await endAtTenant(deps, launchId, found.sessionId);
  await deps.ledger.advance({
    type: 'launch_ended',
    launchId,
    requestId,
    occurredAt: deps.clock(),
    cause: found.launch.agentId === agent.id ? 'agent' : 'supervisor',
    endedBy: agent.id,
    tenantSession,
  });
  const ended = await deps.ledger.findLaunch(launchId);
  return { launch: ended?.launch ?? found.launch, tenantSession };
};
