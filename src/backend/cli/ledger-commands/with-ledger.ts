import { hasPgliteLedger, openPgliteLedger } from '../../adapters/ledger/pglite-ledger.ts';
import { readPostgresLedger } from '../../adapters/ledger/postgres/postgres-ledger.ts';
import type { SqlLedger } from '../../adapters/ledger/sql-ledger.ts';
import type { Options } from './command.ts';
import { databaseConnection } from './database-connection.ts';
import { UsageError } from './usage-error.ts';

const open = (options: Options): Promise<SqlLedger> => {
  const { folder, 'database-url': url } = options;
  if (url !== undefined) {
    return readPostgresLedger(databaseConnection(url, options));
  }
  if (folder === undefined) {
    throw new UsageError('Name the ledger: --database-url or --folder.');
  }
  if (!hasPgliteLedger(folder)) {
    throw new UsageError(`There is no ledger in ${folder}.`);
  }
  return openPgliteLedger(folder, () => undefined);
};

/** Opens the ledger that the options name for as long as `work` takes. */
export const withLedger = async (
  options: Options,
  work: (ledger: SqlLedger) => Promise<number>,
): Promise<number> => {
  const ledger = await open(options);
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
};
