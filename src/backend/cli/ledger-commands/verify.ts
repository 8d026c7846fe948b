import type { LedgerRow } from '../../../contract/ledger.ts';
import { compareLaunches } from '../../adapters/ledger/compare-launches.ts';
import { rowsOfExport } from '../../adapters/ledger/ledger-export.ts';
import type { LedgerHead } from '../../adapters/ledger/sql-ledger.ts';
import { verifyChain } from '../../adapters/ledger/verify-chain.ts';
import type { Command } from './command.ts';
import { UsageError } from './usage-error.ts';
import { withLedger } from './with-ledger.ts';

const headOf = (text: string): LedgerHead => {
  const [, seq = '', hash = ''] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === '') throw new UsageError('--head must be SEQ:HASH, for example 42:9f…');
  return { seq: Number(seq), hash };
};

const say = (sentence: string): void => {
  process.stdout.write(`${sentence}\n`);
};

const verifyRows = async (rows: AsyncIterable<LedgerRow>, head: string | undefined) => {
  const verdict = await verifyChain(rows, head === undefined ? undefined : headOf(head));
  if (!verdict.intact) {
    say(`BROKEN at row ${verdict.row}: ${verdict.problem}.`);
    return 1;
  }
  if (!verdict.head) {
    say('EMPTY: there is not a single row.');
    return 1;
  }
  const { rows: count, erased, head: newest } = verdict;
  say(
    `Intact, ${count} rows, ${erased} personal values erased. Head: ${newest.seq}:${newest.hash}`,
  );
  return 0;
};

/** Verifies an export; or a ledger, whose table of launches is then held against the chain as well. */
export const verify: Command = async (options) => {
  const { file, head } = options;
  if (file !== undefined) return verifyRows(rowsOfExport(file), head);
  return withLedger(options, async (ledger) => {
    const exitCode = await verifyRows(ledger.rows(), head);
    if (exitCode !== 0) return exitCode;
    const found = await compareLaunches(ledger.rows(), ledger.storedLaunches());
    if (!found) return 0;
    say(`BROKEN at row ${found.row}: ${found.problem}.`);
    return 1;
  });
};
