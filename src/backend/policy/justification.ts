import type { LaunchRequirements } from '../../contract/agent.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** What is neither a space nor a control or formatting character: what a reader of the ledger sees. */
const visibleCharacters = (text: string): number =>
  [...text.toWellFormed().replace(/[\p{C}\p{Z}]/gu, '')].length;

/**
 * Refuses a launch without the reason or ticket that the company asks for. Only
 * visible characters count. A ticket that is given must have the right form even where none is
 * required.
 */
export const refuseJustification = (
  given: { readonly reason: string | undefined; readonly ticket: string | undefined },
  wanted: LaunchRequirements,
  isTicket: (text: string) => boolean,
): Refusal | undefined => {
  const least = Math.max(1, wanted.reason.minLength);
  if (wanted.reason.required && visibleCharacters(given.reason ?? '') < least) {
    return refuse('reason_required', `Give a reason of at least ${least} visible characters.`);
  }
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
