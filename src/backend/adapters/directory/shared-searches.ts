import type { AgentId } from '../../../contract/ids.ts';
import { currentAgent, runWhileWanted } from '../../current-agent.ts';
import { SearchSupersededError } from '../../ports/customer-directory.ts';

/** Somebody who waits for the answer to a search. */
type Waiter = { readonly agent: AgentId | undefined; readonly supersede: () => void };

/** A search that is under way, with everybody who waits for it. */
type Search<T> = { readonly answer: Promise<T>; readonly waiters: Set<Waiter> };

/**
 * Lets equal searches of several agents share one answer. An agent who asks for something else no longer waits for what
 * they asked before: that is answered with {@link SearchSupersededError}. A search that nobody waits for any more is not
 * sent to the tenant, where it was not sent yet.
 */
export const createSharedSearches = <T>() => {
  const searches = new Map<string, Search<T>>();

  const supersedeOthers = (agent: AgentId | undefined, question: string): void => {
    for (const [other, { waiters }] of searches) {
      for (const waiter of waiters) {
        if (other !== question && waiter.agent === agent) {
          waiters.delete(waiter);
          waiter.supersede();
        }
      }
    }
  };

  const begin = (question: string, ask: () => Promise<T>): Search<T> => {
    const waiters = new Set<Waiter>();
    const answer = runWhileWanted(() => waiters.size > 0, ask);
    const search = { answer, waiters };
    searches.set(question, search);
    const forget = (): void => {
      if (searches.get(question) === search) {
        searches.delete(question);
      }
    };
    answer.then(forget, forget);
    return search;
  };

  return (question: string, ask: () => Promise<T>): Promise<T> => {
    const agent = currentAgent();
    supersedeOthers(agent, question);
    const search = searches.get(question) ?? begin(question, ask);
    const superseded = Promise.withResolvers<never>();
    search.waiters.add({
      agent,
      supersede: () => superseded.reject(new SearchSupersededError('The agent typed on.')),
    });
    return Promise.race([search.answer, superseded.promise]);
  };
};
