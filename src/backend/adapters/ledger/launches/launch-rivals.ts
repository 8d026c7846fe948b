import { randomUUID } from 'node:crypto';
import { launchIdSchema } from '../../../../contract/ids.ts';
import { ACTIVE_STATES, sourcesOf } from '../../../../contract/launch-transitions.ts';
import type { LaunchFacts, RivalEnd } from '../../../ports/ledger.ts';
import { progressEntry, storable } from '../rows/ledger-entry.ts';

const personalValue = (field: string, value: string) => [{ field, value: storable(value) }];

/**
 * Which launches a new one ends, and how: with a session it is ended, while its token is being asked for it
 * is interrupted and the token is given to nobody.
 */
export const rivalsOf = (
  { launchId, agentId, agentIp, customerId, requestId }: LaunchFacts,
  { endedAt, redeemableUntil, lookDueUntil }: RivalEnd,
) => {
  const placeholder = launchIdSchema.parse(randomUUID());
  const base = { launchId: placeholder, requestId, replacedBy: launchId };
  const ended = {
    ...base,
    type: 'launch_ended',
    occurredAt: endedAt,
    cause: 'replaced',
    endedBy: agentId,
    verifiedBy: 'nobody',
    lookDueUntil,
  } as const;
  const interrupted = {
    ...base,
    type: 'launch_interrupted',
    redeemableUntil,
    lookDueUntil,
  } as const;
  return {
    placeholder,
    states: [...ACTIVE_STATES, ...sourcesOf('interrupted')],
    customer: personalValue('customerId', customerId),
    address: personalValue('agentIp', agentIp),
    steps: [progressEntry(ended), progressEntry(interrupted)],
  };
};
