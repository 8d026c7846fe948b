import { compareLaunches } from '../launches/compare-launches.ts';
import type { SqlLedger } from '../sql-ledger.ts';
import { type ChainVerdict, type Noted, verifyChain } from './verify-chain.ts';

/** The parts of a ledger that verification reads. */
export type VerifiableLedger = Pick<SqlLedger, 'rows' | 'launchPages'>;

/** Verifies the whole chain, then the table of launches against it. Backends may go on writing meanwhile. */
export const verifyLedger = async (
  ledger: VerifiableLedger,
  noted: Noted = {},
): Promise<ChainVerdict> => {
  const verdict = await verifyChain(ledger.rows(), noted);
  if (!verdict.intact) {
    return verdict;
  }
  const found = await compareLaunches(ledger.launchPages(), verdict.head?.seq ?? 0);
  return found ? { intact: false, ...found } : verdict;
};
