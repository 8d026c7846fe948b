import { serveReaders } from '../adapters/ledger/local-socket/serve-readers.ts';
import { openPgliteLedger } from '../adapters/ledger/pglite/pglite-ledger.ts';
import { readDatabaseUrl } from '../adapters/ledger/postgres/database-address.ts';
import {
  openPostgresLedger,
  type PostgresLedgerEvents,
} from '../adapters/ledger/postgres/postgres-ledger.ts';
import type { SqlLedger } from '../adapters/ledger/sql-ledger.ts';
import { type Config, ConfigError } from '../config/config.ts';

/**
 * Opens the ledger that the configuration names: in a PostgreSQL database, or embedded in a folder, whose owner can read
 * it meanwhile.
 * @throws {DataFolderError | LedgerDatabaseError} when it cannot be used as it is.
 */
export const openLedger = async (
  { ledger, secrets }: Pick<Config, 'ledger' | 'secrets'>,
  events: PostgresLedgerEvents,
): Promise<SqlLedger> => {
  const { dataFolder, databaseUrl, databaseCaFile: caFile, eraser } = ledger;
  if (dataFolder !== undefined) {
    const opened = await openPgliteLedger(dataFolder, events.onHead);
    const stopServing = await serveReaders(dataFolder, opened);
    return {
      ...opened,
      close: async () => {
        await stopServing();
        await opened.close();
      },
    };
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
