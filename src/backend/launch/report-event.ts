import type { LaunchId } from '../../contract/ids.ts';
import type { Launch, LaunchEvent, LaunchState } from '../../contract/launch.ts';
import type { LaunchProgress, Ledger } from '../ports/ledger.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Caller } from './dependencies.ts';

/** The states in which each event may happen. A state that an event leads to accepts it again, without a new row. */
const LEGAL_FROM: Readonly<Record<LaunchEvent['type'], readonly LaunchState[]>> = {
  opened: ['issued'],
  landed: ['issued', 'opened', 'not_landed'],
  not_landed: ['issued', 'opened'],
  ended: ['issued', 'opened', 'landed', 'confirmed', 'unconfirmed', 'not_landed'],
};

const progressOf = (
  launchId: LaunchId,
  requestId: string,
  { type, occurredAt, seen, cause }: LaunchEvent,
): LaunchProgress => {
  const base = { launchId, requestId, occurredAt: new Date(occurredAt) };
  switch (type) {
    case 'opened':
      return { ...base, type: 'launch_opened' };
    case 'landed':
      return { ...base, type: 'launch_landed' };
    case 'not_landed':
      return {
        ...base,
        type: 'launch_not_landed',
        ...(seen && { seenOrigin: seen.origin }),
        ...(seen?.error && { seenError: seen.error }),
      };
    case 'ended':
      return { ...base, type: 'launch_ended', cause: cause ?? 'agent' };
  }
};

/**
 * Records what the extension tells of its own launch. A launch of somebody else is unknown to the
 * caller; a step that cannot follow the present state is refused; a step told twice is recorded once.
 * @throws {LedgerUnavailableError}
 */
export const reportEvent = async (
  ledger: Ledger,
  { agent, requestId }: Caller,
  launchId: LaunchId,
  event: LaunchEvent,
): Promise<Launch | Refusal | 'unknown'> => {
  const launch = await ledger.findLaunch(launchId);
  if (!launch || launch.agentId !== agent.id) return 'unknown';
  if (launch.state === event.type) return launch;
  const progress = progressOf(launchId, requestId, event);
  if ((await ledger.advance(progress, LEGAL_FROM[event.type])) === 'recorded') {
    return (await ledger.findLaunch(launchId)) ?? 'unknown';
  }
  return refuse(
    'invalid_request',
    `A launch that is "${launch.state}" cannot become "${event.type}".`,
  );
};
