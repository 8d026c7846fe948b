import { randomUUID } from 'node:crypto';
import type { ConfirmedErasure, RequestedErasure } from '../../contract/erasure.ts';
import type { CustomerId } from '../../contract/ids.ts';
import type { Caller } from '../launch/dependencies.ts';
import type { Eraser, ErasureActor, ErasureRefusal } from '../ports/eraser.ts';
import { type Refusal, refuse } from '../refusal.ts';

const REFUSALS: Readonly<Record<ErasureRefusal, Refusal>> = {
  involved: refuse(
    'permission_denied',
    'You acted as this customer, or approved it: another person has to erase them.',
  ),
  same_person: refuse(
    'permission_denied',
    'You asked for this erasure: another person has to confirm it.',
  ),
  too_early: refuse('policy_denied', 'The time between request and confirmation is not over yet.'),
  unknown: refuse(
    'customer_not_found',
    'There is nothing of this customer to erase, or no such erasure.',
  ),
  session_open: refuse('policy_denied', 'A session of this customer may still be open.'),
};

const NO_ERASER = refuse(
  'permission_denied',
  'This backend has no connection that may erase. Ask one that has, or your platform team.',
);

const actorOf = ({ agent, agentIp, requestId }: Caller): ErasureActor => ({
  agentId: agent.id,
  agentIp,
  requestId,
});

/**
 * Asks for everything personal of a customer to be erased. Nothing is, until another person confirms it after the
 * delay that the database knows.
 * @throws {LedgerUnavailableError}
 */
export const requestErasure = async (
  eraser: Eraser | undefined,
  caller: Caller,
  customerId: CustomerId,
): Promise<RequestedErasure | Refusal> => {
  if (!eraser) {
    return NO_ERASER;
  }
  const id = randomUUID();
  const answer = await eraser.request(id, customerId, actorOf(caller));
  return typeof answer === 'string'
    ? REFUSALS[answer]
    : { id, confirmableFrom: answer.confirmableFrom.toISOString() };
};

/**
 * Erases what another person asked for.
 * @throws {LedgerUnavailableError}
 */
export const confirmErasure = async (
  eraser: Eraser | undefined,
  caller: Caller,
  id: string,
): Promise<ConfirmedErasure | Refusal> => {
  if (!eraser) {
    return NO_ERASER;
  }
  const answer = await eraser.confirm(id, actorOf(caller));
  return typeof answer === 'string' ? REFUSALS[answer] : { id, erasedValues: answer.erasedValues };
};
