import type { LaunchId } from '../../contract/ids.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Refusal } from '../refusal.ts';
import type { Caller } from './dependencies.ts';

/**
 * Records a refusal that belongs to no launch of the caller, and gives it back.
 * @throws {LedgerUnavailableError}
 */
export const recordRefusedRequest = async (
  ledger: Pick<Ledger, 'record'>,
  { agent, agentIp, requestId }: Caller,
  refusal: Refusal,
  launchId?: LaunchId,
): Promise<Refusal> => {
  const { code } = refusal;
  await ledger.record({
    type: 'request_refused',
    ...(launchId && { launchId }),
    agentId: agent.id,
    agentIp,
    code,
    requestId,
  });
  return refusal;
};
