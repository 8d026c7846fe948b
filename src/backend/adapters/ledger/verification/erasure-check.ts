import type { LedgerRow } from '../../../../contract/ledger.ts';
import { type ErasedValue, erasuresOf, type RowContent } from '../rows/row-content.ts';

/** Holds the personal values that are gone against the rows that say what was erased. */
export type ErasureCheck = {
  /** Takes the rows in order; gives what is wrong with one that says something was erased. */
  readonly add: (row: LedgerRow, content: RowContent) => string | undefined;
  /** The first value that is gone and that no row says was erased. */
  readonly firstMissing: () => ErasedValue | undefined;
  /** How many values rows say were erased. */
  readonly count: () => number;
};

const keyOf = ({ seq, field }: ErasedValue): string => JSON.stringify([seq, field]);

/**
 * Makes the check for one ledger. A value counts as erased only when it is gone and a later row says
 * that it was erased; a row that says so of a value that is still there, or never was, is a problem.
 */
export const createErasureCheck = (): ErasureCheck => {
  const missing = new Map<string, ErasedValue>();
  let erased = 0;
  return {
    add: (row, content) => {
      const present = new Set(row.personal.map(({ field }) => field));
      for (const field of Object.keys(content.commitments)) {
        if (!present.has(field)) {
          const value = { seq: row.seq, field };
          missing.set(keyOf(value), value);
        }
      }
      const values = erasuresOf(content);
      if (!values) {
        return 'what it says was erased is unreadable';
      }
      for (const value of values) {
        if (!missing.delete(keyOf(value))) {
          return `it says that "${value.field}" of row ${value.seq} was erased, and it was not`;
        }
        erased += 1;
      }
      return undefined;
    },
    firstMissing: () => missing.values().next().value,
    count: () => erased,
  };
};
