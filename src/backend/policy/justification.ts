import type { LaunchRequirements } from '../../contract/agent.ts';
import { type Refusal, refuse } from '../refusal.ts';

/**
 * Refuses a launch without the reason or ticket that the company asks for. Characters are counted as
 * people see them, after trimming. A ticket that is given must have the right form even where none is
 * required.
 */
export const refuseJustification = (
  given: { readonly reason: string | undefined; readonly ticket: string | undefined },
  wanted: LaunchRequirements,
): Refusal | undefined => {
  const reasonLength = [...(given.reason ?? '').trim()].length;
  if (wanted.reason.required && reasonLength < Math.max(1, wanted.reason.minLength)) {
    return refuse(
      'reason_required',
      `Give a reason of at least ${Math.max(1, wanted.reason.minLength)} characters.`,
    );
  }
  const ticket = (given.ticket ?? '').trim();
  if (ticket === '') {
    return wanted.ticket.required
      ? refuse('ticket_required', 'Give the ticket that this launch belongs to.')
      : undefined;
  }
  return wanted.ticket.pattern === undefined || new RegExp(wanted.ticket.pattern).test(ticket)
    ? undefined
    : refuse('ticket_required', 'This ticket does not have the form that your company uses.');
};
