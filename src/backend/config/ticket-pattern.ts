import { createContext, Script } from 'node:vm';
import { runWithDeadline } from './script-deadline.ts';

/** A pattern that takes longer than this on a ticket counts as not matching, in milliseconds. */
const DEADLINE_MILLISECONDS = 50;

/** Throws nothing: the pattern was compiled when the configuration was read. */
const SCRIPT = new Script('new RegExp(pattern, "u").test(ticket)');

/**
 * Makes the test of a configured ticket pattern. A pattern can be exponentially slow on hostile input, so
 * each test has a deadline: it must not stop the backend for everybody.
 */
export const createTicketTest = (pattern: string): ((ticket: string) => boolean) => {
  const context = createContext({ pattern, ticket: '' });
  return (ticket) => {
    context['ticket'] = ticket;
    const end = runWithDeadline(SCRIPT, () => context, DEADLINE_MILLISECONDS);
    return !end.stopped && end.value === true;
  };
};
