import type { LaunchId } from '../../contract/ids.ts';
import type { Permission } from '../../contract/permissions.ts';
import type { Ledger, RecordedLaunch } from '../ports/ledger.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Caller } from './dependencies.ts';
import { recordRefusedRequest } from './refused-request.ts';

/**
 * Gives a launch to its owner, and to whoever holds the permission to handle everybody's. A launch of
 * somebody else is answered like one that does not exist, and either leaves a row.
 * @throws {LedgerUnavailableError}
 */
export const findLaunchFor = async (
  ledger: Ledger,
  caller: Caller,
  launchId: LaunchId | undefined,
  permission?: Permission,
): Promise<RecordedLaunch | Refusal> => {
  const found = launchId && (await ledger.findLaunch(launchId));
  const isOwner = found?.launch.agentId === caller.agent.id;
  const mayHandleAll = permission !== undefined && caller.agent.permissions.includes(permission);
  if (found && (isOwner || mayHandleAll)) {
    return found;
  }
  const refusal = refuse('launch_not_found', 'There is no such launch of yours.');
  return recordRefusedRequest(ledger, caller, refusal, launchId);
};
