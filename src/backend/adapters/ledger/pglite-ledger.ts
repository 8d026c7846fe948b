import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { Ledger } from '../../ports/ledger.ts';
import { openDataFolder } from './data-folder.ts';
import { createSqlLedger, type LedgerHead } from './sql-ledger.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * Opens the embedded ledger in a folder of its own, brought to the newest schema. It survives the death
 * of the process; it never calls fsync, so a power failure can lose the last rows.
 * @throws {DataFolderError} when the folder is in use or not writable.
 */
export const openPgliteLedger = async (
  dataFolder: string,
  onHead: (head: LedgerHead) => void,
): Promise<Ledger> => {
  const folder = await openDataFolder(dataFolder);
  try {
    const databaseFolder = join(folder.path, 'database');
    await mkdir(databaseFolder, { recursive: true, mode: 0o700 });
    const client = await PGlite.create(databaseFolder);
    const database = drizzle(client);
    await migrate(database, { migrationsFolder: MIGRATIONS });
    return createSqlLedger({
      database,
      assertDurable: folder.assertIntact,
      onHead,
      close: async () => {
        await client.close();
        await folder.release();
      },
    });
  } catch (error) {
    await folder.release();
    throw error;
  }
};
