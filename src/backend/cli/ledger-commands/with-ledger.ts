import { UsageError } from '../../../command-line/usage-error.ts';
import { findRunningLedger } from '../../adapters/ledger/local-socket/running-ledger.ts';
import { hasPgliteLedger, openPgliteLedger } from '../../adapters/ledger/pglite/pglite-ledger.ts';
import { readPostgresLedger } from '../../adapters/ledger/postgres/postgres-ledger.ts';
import type { SqlLedger } from '../../adapters/ledger/sql-ledger.ts';
import type { VerifiableLedger } from '../../adapters/ledger/verification/verify-ledger.ts';
import type { RecordedReading } from '../../ports/standalone-row.ts';
import type { Options } from './command.ts';
import { databaseConnection } from './database-connection.ts';

/** Opens the embedded ledger of a folder. One that is not there is not made: the folder is mistyped. */
export const openLedgerIn = (folder: string): Promise<SqlLedger> => {
  if (!hasPgliteLedger(folder)) {
    throw new UsageError(`There is no ledger in ${folder}.`);
  }
  return openPgliteLedger(folder, () => undefined);
};

const open = async (options: Options, reading: RecordedReading | undefined): Promise<SqlLedger> => {
  const { folder, 'database-url': url } = options;
  if (url !== undefined) {
    return readPostgresLedger(databaseConnection(url, options), reading);
  }
  if (folder === undefined) {
    throw new UsageError('Name the ledger: --database-url or --folder.');
  }
  const ledger = await openLedgerIn(folder);
  if (reading) {
    await ledger.record(reading);
  }
  return ledger;
};

/**
 * Gives the ledger that the options name to `work`, which only reads it: where a running backend has an embedded one open,
 * through that backend. A `reading` is a row of it before anything is read.
 */
export const withReadableLedger = async (
  options: Options,
  work: (ledger: VerifiableLedger) => Promise<number>,
  reading?: RecordedReading,
): Promise<number> => {
  const { folder } = options;
  const running = folder === undefined ? undefined : await findRunningLedger(folder);
  if (!running) {
    return withLedger(options, work, reading);
  }
  if (reading) {
    await running.record(reading);
  }
  return work(running);
};

/**
 * Opens the ledger that the options name for as long as `work` takes. A `reading` is a row of it before anything is
 * read.
 */
export const withLedger = async (
  options: Options,
  work: (ledger: SqlLedger) => Promise<number>,
  reading?: RecordedReading,
): Promise<number> => {
  const ledger = await open(options, reading);
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
};
