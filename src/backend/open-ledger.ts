import { openPgliteLedger } from './adapters/ledger/pglite-ledger.ts';
import { readDatabaseUrl } from './adapters/ledger/postgres/database-address.ts';
import {
  openPostgresLedger,
  type PostgresLedgerEvents,
} from './adapters/ledger/postgres/postgres-ledger.ts';
import type { SqlLedger } from './adapters/ledger/sql-ledger.ts';
import { type Config, ConfigError } from './config.ts';

/**
 * Opens the ledger that the configuration names: in a PostgreSQL database, or embedded in a folder.
 * @throws {DataFolderError | LedgerDatabaseError} when it cannot be used as it is.
 */
export const openLedger = (
  { ledger, secrets }: Pick<Config, 'ledger' | 'secrets'>,
  events: PostgresLedgerEvents,
): Promise<SqlLedger> => {
  const { dataFolder, databaseUrl, databaseCaFile: caFile, eraser } = ledger;
  if (dataFolder !== undefined) {
    return openPgliteLedger(dataFolder, events.onHead);
  }
  const address = readDatabaseUrl(databaseUrl ?? '');
  if ('problem' in address) {
    throw new ConfigError([`ledger.databaseUrl: ${address.problem}`]);
  }
  return openPostgresLedger(
    { address, password: secrets.databasePassword, caFile },
    events,
    eraser === undefined
      ? undefined
      : { address: { ...address, user: eraser }, password: secrets.eraserPassword, caFile },
  );
};
