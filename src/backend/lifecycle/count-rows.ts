import type { Ledger } from '../ports/ledger.ts';

/**
 * The same ledger, which also tells the type of each row that was asked for and recorded. The ends of launches that
 * another one takes the place of are recorded by the database itself and not told.
 */
export const countRows = (ledger: Ledger, count: (type: string, rows: number) => void): Ledger => ({
  ...ledger,
  claim: async (row) => {
    const outcome = await ledger.claim(row);
    if (outcome === 'recorded') {
      count(row.type, 1);
    }
    return outcome;
  },
  advance: async (row) => {
    const outcome = await ledger.advance(row);
    if (outcome === 'recorded') {
      count(row.type, 1);
    }
    return outcome;
  },
  record: async (row) => {
    await ledger.record(row);
    count(row.type, 1);
  },
  markInterrupted: async (before, window) => {
    const rows = await ledger.markInterrupted(before, window);
    count('launch_interrupted', rows);
    return rows;
  },
});
