import type { AgentId } from '../../../contract/ids.ts';
import { currentAgent, runWhileWanted } from '../../current-agent.ts';
import { SearchSupersededError } from '../../ports/customer-directory.ts';
import { TenantBusyError } from '../../ports/tenant-errors.ts';

/** Somebody who waits for the answer to a search, and whether they have asked for something else since. */
type Waiter = { readonly agent: AgentId | undefined; hasTypedOn: boolean };

/** A search that is under way, with everybody who waits for it. */
type Search<T> = { readonly answer: Promise<T>; readonly waiters: Set<Waiter> };

/**
 * Lets equal searches of several agents share one answer. A search whose agents have all asked for something else since
 * is not wanted any more: it comes after all that are. It is answered all the same where the tenant's rate allows;
 * where it does not, with {@link SearchSupersededError}.
 */
export const createSharedSearches = <T>() => {
  const searches = new Map<string, Search<T>>();

  const begin = (question: string, ask: () => Promise<T>): Search<T> => {
    const waiters = new Set<Waiter>();
    const isWanted = (): boolean => [...waiters].some(({ hasTypedOn }) => !hasTypedOn);
    const search = { answer: runWhileWanted(isWanted, ask), waiters };
    searches.set(question, search);
    const forget = (): void => {
      searches.delete(question);
    };
    search.answer.then(forget, forget);
    return search;
  };

  return async (question: string, ask: () => Promise<T>): Promise<T> => {
    const waiter: Waiter = { agent: currentAgent(), hasTypedOn: false };
    for (const { waiters } of searches.values()) {
      for (const other of waiters) {
        other.hasTypedOn ||= other.agent === waiter.agent;
      }
    }
    const search = searches.get(question) ?? begin(question, ask);
    search.waiters.add(waiter);
    try {
      return await search.answer;
    } catch (cause) {
      if (waiter.hasTypedOn && cause instanceof TenantBusyError) {
        throw new SearchSupersededError('The agent typed on.', { cause });
      }
      throw cause;
    }
  };
};
