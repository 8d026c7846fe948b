import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import type { LedgerRow } from '../../../../contract/ledger.ts';
import { importLedger } from '../import-ledger.ts';
import type { LedgerHead } from '../rows/appended-row.ts';
import { connectionSettings, type DatabaseConnection } from './connect.ts';
import { asLedgerDatabaseError } from './ledger-database-error.ts';

/**
 * Imports rows into an empty ledger that was migrated. Connects as the owner.
 * @throws {LedgerImportError | LedgerExportError}
 * @throws {LedgerDatabaseError} when the database cannot be reached.
 */
export const importIntoPostgres = async (
  connection: DatabaseConnection,
  rows: AsyncIterable<LedgerRow>,
  head: LedgerHead | undefined,
): Promise<LedgerHead> => {
  const client = new Client(connectionSettings(connection));
  // A connection that breaks shows in the statement that was under way.
  client.on('error', () => undefined);
  try {
    await client.connect().catch((error: unknown) => {
      throw asLedgerDatabaseError(error);
    });
    return await importLedger(drizzle(client), rows, head);
  } finally {
    await client.end();
  }
};
