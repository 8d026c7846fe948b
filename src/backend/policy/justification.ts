import type { LaunchRequirements } from '../../contract/agent.ts';
import { type Refusal, refuse } from '../refusal.ts';

/**
 * A code point that shows something by itself: no control, space or combining mark, none that is drawn as
 * nothing (Hangul fillers, for example), and not the blank Braille pattern.
 */
const VISIBLE = /[^\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many characters a reader of the ledger sees; a letter with its combining marks is one. */
const visibleCharacters = (text: string): number =>
  [...characters.segment(text.toWellFormed())].filter(({ segment }) => VISIBLE.test(segment))
    .length;

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
