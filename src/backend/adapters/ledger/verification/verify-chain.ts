import { type LedgerRow, ledgerRowSchema } from '../../../../contract/ledger.ts';
import type { LedgerHead } from '../rows/appended-row.ts';
import {
  commitment,
  GENESIS_HASH,
  HASH_VERSIONS,
  hashedText,
  hashRow,
} from '../rows/hash-chain.ts';
import { type RowContent, readContent } from '../rows/row-content.ts';
import type { Checkpoint } from '../tree/checkpoint.ts';
import { appendLeaf, EMPTY_FRONTIER, hashLeaf, rootOf } from '../tree/merkle.ts';
import { createErasureCheck } from './erasure-check.ts';

/** What verification found. `row` is the number of a row that does not fit, the first one as far as that can be told. */
export type ChainVerdict =
  | {
      readonly intact: true;
      readonly rows: number;
      /** Personal values that later rows say were erased. */
      readonly erased: number;
      readonly head: LedgerHead | undefined;
    }
  | { readonly intact: false; readonly row: number; readonly problem: string };

const chainProblem = (row: LedgerRow, previous: LedgerHead): string | undefined => {
  if (row.seq !== previous.seq + 1) {
    return `row ${previous.seq + 1} is missing`;
  }
  if (!ledgerRowSchema.safeParse(row).success) {
    return 'it has a part that no row of the ledger has';
  }
  if (row.previousHash !== previous.hash) {
    return 'it does not follow the row before it';
  }
  if (!HASH_VERSIONS.includes(row.hashVersion)) {
    return `its hash version ${row.hashVersion} is unknown`;
  }
  return row.hash === hashRow(row) ? undefined : 'it was changed';
};

const personalProblem = (
  { personal }: LedgerRow,
  { commitments }: RowContent,
): string | undefined => {
  const seen = new Set<string>();
  for (const { field, salt, value } of personal) {
    const committed = Object.hasOwn(commitments, field) ? commitments[field] : undefined;
    if (committed !== commitment(salt, value)) {
      return `its personal value "${field}" was changed`;
    }
    if (seen.has(field)) {
      return `its personal value "${field}" is there twice`;
    }
    seen.add(field);
  }
  return undefined;
};

/** What was noted of the ledger outside its database. */
export type Noted = {
  readonly head?: LedgerHead | undefined;
  /** A signed state, whose signature was verified. */
  readonly checkpoint?: Checkpoint | undefined;
};

/** Builds the tree over the rows up to a checkpoint; tells whether it has the root that was signed. */
const createTreeCheck = (checkpoint: Checkpoint | undefined) => {
  let frontier = EMPTY_FRONTIER;
  return (row: LedgerRow): boolean => {
    if (!checkpoint || row.seq > checkpoint.size) {
      return true;
    }
    frontier = appendLeaf(frontier, hashLeaf(hashedText(row)));
    return row.seq < checkpoint.size || rootOf(frontier).equals(checkpoint.root);
  };
};

/**
 * Recomputes the whole chain: finds any edit, gap and reordering, and any personal value that was
 * changed, duplicated, added, or removed without a row that says so. With a head or a checkpoint that was noted
 * outside the database, it also finds a truncation and a chain that was written anew.
 */
export const verifyChain = async (
  rows: AsyncIterable<LedgerRow>,
  { head: expectedHead, checkpoint }: Noted = {},
): Promise<ChainVerdict> => {
  let head: LedgerHead = { seq: 0, hash: GENESIS_HASH };
  const fitsTree = createTreeCheck(checkpoint);
  const erasures = createErasureCheck();
  for await (const row of rows) {
    const broken = (problem: string): ChainVerdict => ({ intact: false, row: row.seq, problem });
    const misplaced = chainProblem(row, head);
    if (misplaced) {
      return broken(misplaced);
    }
    const content = readContent(row.content);
    if (!content) {
      return broken('its content is unreadable');
    }
    const problem = personalProblem(row, content) ?? erasures.add(row, content);
    if (problem) {
      return broken(problem);
    }
    if (row.seq === expectedHead?.seq && row.hash !== expectedHead.hash) {
      return broken('it is not the row that was noted as head');
    }
    if (!fitsTree(row)) {
      return broken('the rows up to it are not the ones that were signed');
    }
    head = { seq: row.seq, hash: row.hash };
  }
  if (expectedHead && head.seq < expectedHead.seq) {
    const problem = `the ledger ends at row ${head.seq}, before the noted head`;
    return { intact: false, row: expectedHead.seq, problem };
  }
  if (checkpoint && head.seq < checkpoint.size) {
    const problem = `the ledger ends at row ${head.seq}, before the signed checkpoint`;
    return { intact: false, row: checkpoint.size, problem };
  }
  const missing = erasures.firstMissing();
  if (missing) {
    const problem = `its personal value "${missing.field}" is missing, and no row says that it was erased`;
    return { intact: false, row: missing.seq, problem };
  }
  const newest = head.seq === 0 ? undefined : head;
  return { intact: true, rows: head.seq, erased: erasures.count(), head: newest };
};
