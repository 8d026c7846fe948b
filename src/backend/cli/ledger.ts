import { parseArgs } from 'node:util';
import type { LedgerRow } from '../../contract/ledger.ts';
import { compareLaunches } from '../adapters/ledger/compare-launches.ts';
import { DataFolderError } from '../adapters/ledger/data-folder-error.ts';
import { LedgerExportError, rowsOfExport } from '../adapters/ledger/ledger-export.ts';
import { hasPgliteLedger, openPgliteLedger } from '../adapters/ledger/pglite-ledger.ts';
import type { LedgerHead, SqlLedger } from '../adapters/ledger/sql-ledger.ts';
import { verifyChain } from '../adapters/ledger/verify-chain.ts';

const USAGE = `Usage:
  npm run ledger -- verify (--folder DIR | --file EXPORT.ndjson) [--head SEQ:HASH]
  npm run ledger -- export --folder DIR

  --folder   the ledger's data folder; the backend must be stopped
  --file     what "export" or GET /v1/ledger gave
  --head     a ledger_head line from the backend's log: finds a truncation as well
`;

/** The command line is wrong; the message says how it should be. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

const headOf = (text: string): LedgerHead => {
  const [, seq = '', hash = ''] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === '') throw new UsageError('--head must be SEQ:HASH, for example 42:9f…');
  return { seq: Number(seq), hash };
};

const verify = async (rows: AsyncIterable<LedgerRow>, head: string | undefined) => {
  const verdict = await verifyChain(rows, head === undefined ? undefined : headOf(head));
  if (!verdict.intact) {
    process.stdout.write(`BROKEN at row ${verdict.row}: ${verdict.problem}.\n`);
    return 1;
  }
  if (!verdict.head) {
    process.stdout.write('EMPTY: there is not a single row.\n');
    return 1;
  }
  const { rows: count, erased, head: newest } = verdict;
  process.stdout.write(
    `Intact, ${count} rows, ${erased} personal values erased. Head: ${newest.seq}:${newest.hash}\n`,
  );
  return 0;
};

/** The chain by itself, then the table of launches against it. */
const verifyFolder = async (ledger: SqlLedger, head: string | undefined): Promise<number> => {
  const exitCode = await verify(ledger.rows(), head);
  if (exitCode !== 0) {
    return exitCode;
  }
  const found = await compareLaunches(ledger.rows(), ledger.storedLaunches());
  if (!found) {
    return 0;
  }
  process.stdout.write(`BROKEN at row ${found.row}: ${found.problem}.\n`);
  return 1;
};

const exportRows = async (rows: AsyncIterable<LedgerRow>) => {
  for await (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
  return 0;
};

/** Runs the command; gives the exit code. */
const run = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      folder: { type: 'string' },
      file: { type: 'string' },
      head: { type: 'string' },
    },
  });
  const [command] = positionals;
  const { folder, file, head } = values;
  if (command === 'verify' && file !== undefined) return verify(rowsOfExport(file), head);
  if ((command !== 'verify' && command !== 'export') || folder === undefined) {
    throw new UsageError(USAGE);
  }
  if (!hasPgliteLedger(folder)) throw new UsageError(`There is no ledger in ${folder}.`);
  const ledger = await openPgliteLedger(folder, () => undefined);
  try {
    return await (command === 'verify' ? verifyFolder(ledger, head) : exportRows(ledger.rows()));
  } finally {
    await ledger.close();
  }
};

try {
  process.exitCode = await run();
} catch (error) {
  if (error instanceof LedgerExportError) {
    process.stdout.write(`BROKEN: ${error.message}\n`);
    process.exitCode = 1;
  } else {
    const expected = error instanceof UsageError || error instanceof DataFolderError;
    process.stderr.write(expected ? `${error.message}\n` : `${String(error)}\n`);
    process.exitCode = 2;
  }
}
