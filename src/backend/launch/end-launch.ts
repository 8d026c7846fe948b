import type { LaunchId } from '../../contract/ids.ts';
import type { EndedLaunch } from '../../contract/launch.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Caller } from './dependencies.ts';
import { findLaunchFor } from './find-launch.ts';
import { type CloseDependencies, closeLaunch } from './tenant-session/close-launch.ts';

/**
 * Ends a launch: its owner may, and whoever holds `end:launches`; the ledger names them. What became of its
 * session at the tenant is part of the answer.
 * @throws {LedgerUnavailableError}
 */
export const endLaunch = async (
  deps: CloseDependencies,
  caller: Caller,
  launchId: LaunchId | undefined,
): Promise<EndedLaunch | Refusal> => {
  const found = await findLaunchFor(deps.ledger, caller, launchId, 'end:launches');
  if (isRefusal(found)) {
    return found;
  }
  const { agent, requestId } = caller;
  const cause = found.launch.agentId === agent.id ? 'agent' : 'supervisor';
  const tenantSession = await closeLaunch(deps, found, { cause, endedBy: agent.id, requestId });
  const ended = await deps.ledger.findLaunch(found.launch.id);
  return { launch: ended?.launch ?? found.launch, tenantSession };
};
