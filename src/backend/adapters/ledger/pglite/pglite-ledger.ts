import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { DataFolderError } from '../data-folder-error.ts';
import { createEraser } from '../eraser.ts';
import { MIGRATIONS_FOLDER } from '../migrations.ts';
import type { AppendedRow, AppendStatement, LedgerHead } from '../rows/appended-row.ts';
import { createSqlLedger, type SqlLedger } from '../sql-ledger.ts';
import { openDataFolder } from './data-folder.ts';

/**
 * A file beside the database that says that there was one. Without it, a new ledger would silently replace a lost
 * one.
 */
const MARKER = 'understudy-ledger';

const damaged = (dataFolder: string, cause: unknown): DataFolderError =>
  new DataFolderError(
    `The ledger's database in ${dataFolder} cannot be opened: it is damaged, or another version made it. Restore the folder from a backup.`,
    { cause },
  );

/** The database of an embedded ledger, which this process alone works in. */
export type EmbeddedDatabase = {
  readonly database: PgliteDatabase;
  readonly append: AppendStatement;
  /** @throws {DataFolderError} when a write would not last. */
  readonly assertDurable: () => void;
  readonly close: () => Promise<void>;
};

/**
 * Opens the database in a folder of its own, brought to the newest schema.
 * @throws {DataFolderError} when the folder is in use or not writable, had a ledger that is gone, or has one
 * that cannot be opened.
 */
export const openPgliteDatabase = async (dataFolder: string): Promise<EmbeddedDatabase> => {
  const folder = await openDataFolder(dataFolder);
  try {
    const marker = join(dataFolder, MARKER);
    if (existsSync(marker) && !existsSync(join(folder.database, 'PG_VERSION'))) {
      throw new DataFolderError(
        `The ledger in ${dataFolder} is gone (begun ${await readFile(marker, 'utf8')}). Restore it, or remove ${marker} to begin a new one.`,
      );
    }
    const client = await PGlite.create(folder.database);
    const database = drizzle(client);
    await migrate(database, { migrationsFolder: MIGRATIONS_FOLDER });
    folder.watchDatabase();
    if (!existsSync(marker)) {
      await writeFile(marker, new Date().toISOString(), { mode: 0o600 });
    }
    return {
      database,
      append: (statement, values) => client.query<AppendedRow>(statement, values),
      assertDurable: folder.assertIntact,
      close: async () => {
        await client.close();
        await folder.release();
      },
    };
  } catch (error) {
    await folder.release();
    throw error instanceof DataFolderError ? error : damaged(dataFolder, error);
  }
};

/**
 * Opens the embedded ledger in a folder. It survives the death of the process; it never calls fsync, so a power
 * failure can lose the last rows.
 * @throws {DataFolderError} see {@link openPgliteDatabase}.
 */
export const openPgliteLedger = async (
  dataFolder: string,
  onHead: (head: LedgerHead) => void,
): Promise<SqlLedger> => {
  const embedded = await openPgliteDatabase(dataFolder);
  return createSqlLedger({
    ...embedded,
    probe: async () => undefined,
    eraser: createEraser(embedded.database, onHead),
    onHead,
  });
};

/** Tells whether there is a ledger in a folder. */
export const hasPgliteLedger = (dataFolder: string): boolean =>
  existsSync(join(dataFolder, 'database', 'PG_VERSION'));
