import type { LaunchRequirements } from '../../contract/agent.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** What is neither a space nor a control or formatting character: what a reader of the ledger sees. */
const visibleCharacters = (text: string): number =>
  [...text.toWellFormed().replace(/[\p{C}\p{Z}]/gu, '')].length;

/** What an agent says a launch is for. */
export type Justification = {
  readonly reason: string | undefined;
  readonly ticket: string | undefined;
};

/** Refuses a launch without the reason that the company asks for. Only visible characters count. */
export const refuseReason = (
  given: Justification,
  wanted: LaunchRequirements,
): Refusal | undefined => {
  const least = Math.max(1, wanted.reason.minLength);
  return wanted.reason.required && visibleCharacters(given.reason ?? '') < least
    ? refuse('reason_required', `Give a reason of at least ${least} visible characters.`)
    : undefined;
};

/**
 * Refuses a launch without the ticket that the company asks for. A ticket that is given must have the right
 * form even where none is required.
 */
export const refuseTicket = (
  given: Justification,
  wanted: LaunchRequirements,
  isTicket: (text: string) => boolean,
): Refusal | undefined => {
  const ticket = (given.ticket ?? '').trim();
  if (ticket === '') {
    return wanted.ticket.required
      ? refuse('ticket_required', 'Give the ticket that this launch belongs to.')
      : undefined;
  }
  return isTicket(ticket)
    ? undefined
    : refuse('ticket_required', 'This ticket does not have the form that your company uses.');
};
