import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import { createEraser, eraseAllBefore } from '../eraser.ts';
import { connectionSettings, type DatabaseConnection } from './connect.ts';
import { asLedgerDatabaseError } from './ledger-database-error.ts';

/**
 * Erases the personal values of rows older than that, as the eraser; gives how many.
 * @throws {LedgerDatabaseError} when the database cannot be reached.
 * @throws {TooRecentError}
 */
export const eraseOldValues = async (
  connection: DatabaseConnection,
  cutoff: Date,
): Promise<number> => {
  const client = new Client(connectionSettings(connection));
  // A connection that breaks shows in the statement that was under way.
  client.on('error', () => undefined);
  try {
    await client.connect().catch((error: unknown) => {
      throw asLedgerDatabaseError(error);
    });
    return await eraseAllBefore(
      createEraser(drizzle(client), () => undefined),
      cutoff,
    );
  } finally {
    await client.end();
  }
};
