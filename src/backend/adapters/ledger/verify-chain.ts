import * as z from 'zod/mini';
import type { LedgerRow } from '../../../contract/ledger.ts';
import { commitment, GENESIS_HASH, HASH_VERSION, hashRow } from './hash-chain.ts';
import type { LedgerHead } from './sql-ledger.ts';

/** What verification found. `row` is the number of the first row that does not fit. */
export type ChainVerdict =
  | {
      readonly intact: true;
      readonly rows: number;
      /** Personal values that rows commit to and that are there no more. */
      readonly erased: number;
      readonly head: LedgerHead | undefined;
    }
  | { readonly intact: false; readonly row: number; readonly problem: string };

const commitmentsSchema = z.object({ commitments: z.record(z.string(), z.string()) });

const commitmentsOf = (content: string): Readonly<Record<string, string>> | undefined => {
  try {
    return commitmentsSchema.safeParse(JSON.parse(content)).data?.commitments;
  } catch {
    // Content that is no JSON holds no commitments; the caller reports the row.
    return undefined;
  }
};

const problemOf = (
  row: LedgerRow,
  commitments: Readonly<Record<string, string>> | undefined,
  previous: LedgerHead,
): string | undefined => {
  if (row.seq !== previous.seq + 1) return `row ${previous.seq + 1} is missing`;
  if (row.previousHash !== previous.hash) return 'it does not follow the row before it';
  if (row.hashVersion !== HASH_VERSION) return `its hash version ${row.hashVersion} is unknown`;
  if (row.hash !== hashRow(row)) return 'it was changed';
  if (!commitments) return 'its content is unreadable';
  const changed = row.personal.find(
    ({ field, salt, value }) => commitments[field] !== commitment(salt, value),
  );
  return changed && `its personal value "${changed.field}" was changed`;
};

/**
 * Recomputes the whole chain: finds any edit, gap and reordering, and any changed personal value (an
 * erased one is fine). With `expectedHead`, noted outside the database, it also finds a truncation.
 */
export const verifyChain = async (
  rows: AsyncIterable<LedgerRow>,
  expectedHead?: LedgerHead,
): Promise<ChainVerdict> => {
  let head: LedgerHead = { seq: 0, hash: GENESIS_HASH };
  let erased = 0;
  let sawExpected = expectedHead === undefined;
  for await (const row of rows) {
    const commitments = commitmentsOf(row.content);
    const problem = problemOf(row, commitments, head);
    if (problem) return { intact: false, row: row.seq, problem };
    if (expectedHead && row.seq === expectedHead.seq) {
      sawExpected = row.hash === expectedHead.hash;
      if (!sawExpected) {
        return { intact: false, row: row.seq, problem: 'it is not the row that was noted as head' };
      }
    }
    erased += Object.keys(commitments ?? {}).length - row.personal.length;
    head = { seq: row.seq, hash: row.hash };
  }
  if (!sawExpected && expectedHead) {
    const problem = `the ledger ends at row ${head.seq}, before the noted head`;
    return { intact: false, row: expectedHead.seq, problem };
  }
  return { intact: true, rows: head.seq, erased, head: head.seq === 0 ? undefined : head };
};
