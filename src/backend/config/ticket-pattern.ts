import { createContext, Script } from 'node:vm';

/** A pattern that takes longer than this on a ticket counts as not matching, in milliseconds. */
const TIMEOUT_MILLISECONDS = 50;

/**
 * Makes the test of a configured ticket pattern. A pattern can be exponentially slow on hostile input, so
 * each test has a deadline: it must not stop the backend for everybody.
 */
export const createTicketTest = (pattern: string): ((ticket: string) => boolean) => {
  const context = createContext({ pattern, ticket: '' });
  const script = new Script('new RegExp(pattern, "u").test(ticket)');
  return (ticket) => {
    context['ticket'] = ticket;
    try {
      return script.runInContext(context, { timeout: TIMEOUT_MILLISECONDS }) === true;
    } catch {
      // Only the deadline throws here: the pattern itself was compiled when the configuration was read.
      return false;
    }
  };
};
