import { randomUUID } from 'node:crypto';
import { launchIdSchema } from '../../../contract/ids.ts';
import { ACTIVE_STATES, sourcesOf, transitionsOf } from '../../../contract/launch-transitions.ts';
import {
  EVENT_OF_ROW,
  type LaunchFacts,
  type LaunchProgress,
  type RivalEnd,
} from '../../ports/ledger.ts';
import { progressEntry, storable } from './ledger-entry.ts';

/** What a row changes of its launch beside the state. What is left out stays as it is. */
const changesOf = (row: LaunchProgress) => ({
  ...(row.type === 'launch_issued' && { issued: true }),
  // A session that several launches may have made belongs to none of them.
  ...('sessionId' in row && !('ambiguous' in row) && { sessionId: row.sessionId }),
  ...('sessionEndsAt' in row && { sessionEndsAt: row.sessionEndsAt }),
  ...(row.type === 'launch_ended' && { endedAt: row.occurredAt, cause: row.cause }),
  ...(row.type === 'launch_failed' && { code: row.code }),
  ...(row.type === 'launch_landed' && { landedBy: row.landedBy }),
  ...(row.type === 'launch_confirmed' && { confirmedBy: row.confirmedBy, ambiguous: false }),
  ...('ambiguous' in row && { ambiguous: true }),
  ...('tenantSession' in row && { tenantSession: row.tenantSession }),
  ...('redeemableUntil' in row && { redeemableUntil: row.redeemableUntil }),
  ...('lookDueUntil' in row && { lookDueUntil: row.lookDueUntil }),
  ...('lookOver' in row && { lookOver: true }),
});

/** A step of a launch's life as the database takes it: the text to hash, where it leads, what it changes. */
export const stepOf = (row: LaunchProgress) => ({
  content: progressEntry(row).content,
  transitions: transitionsOf(EVENT_OF_ROW[row.type]),
  changes: changesOf(row),
});

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
    steps: [stepOf(ended), stepOf(interrupted)],
  };
};
