import { LedgerUnavailableError } from '../../../../src/backend/ports/ledger.ts';
import type { ReadCounts, Reads } from '../../../../src/backend/ports/read-counts.ts';
import { customerId } from '../fixtures.ts';

/** Counts in memory, as other backends would find them too. `closed` has what was made into rows. */
export const createFakeReadCounts = () => {
  const hours = new Map<string, Reads>();
  const closed: Reads[] = [];
  const state = { isDown: false };
  const union = <T>(...lists: readonly (readonly T[])[]): T[] => [...new Set(lists.flat())];
  const assertUp = () => {
    if (state.isDown) {
      throw new LedgerUnavailableError('The ledger is down.');
    }
  };
  const counts: ReadCounts = {
    countReads: async (reads) => {
      assertUp();
      return reads.map((one) => {
        const key = `${one.hour.toISOString()} ${one.agentId}`;
        const known = hours.get(key) ?? { ...one, searches: 0, seen: [], opened: [] };
        const sum = {
          ...one,
          searches: known.searches + one.searches,
          seen: union(known.seen, one.seen, one.opened),
          opened: union(known.opened, one.opened),
        };
        if (sum.searches + sum.seen.length > 0) {
          hours.set(key, sum);
        }
        return { agentId: one.agentId, hour: one.hour, customers: sum.seen.length };
      });
    },
    closeReads: async (before) => {
      assertUp();
      const over = [...hours].filter(([, { hour }]) => hour < before);
      for (const [key, reads] of over) {
        hours.delete(key);
        closed.push(reads);
      }
      return over.length;
    },
  };
  return { counts, closed, state, hours: () => [...hours.values()] };
};

/** So many customers, from the given number on. */
export const someCustomers = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => customerId(`auth0|c${from + index}`));
