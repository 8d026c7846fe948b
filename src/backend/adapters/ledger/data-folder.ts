import { constants } from 'node:fs';
import { access, mkdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFolderError } from './data-folder-error.ts';
import { takeFolderLock } from './folder-lock.ts';

/** Below this the ledger counts as full: the embedded database does not survive a disk without room. */
const MIN_FREE_BYTES = 64 * 1024 * 1024;

/** A folder that this process alone works in. */
export type DataFolder = {
  /** Where the database's files are. */
  readonly database: string;
  /** Remembers the database's files as they are now. Call it once the database is open. */
  readonly watchDatabase: () => Promise<void>;
  /**
   * @throws {DataFolderError} when folder or database were removed, replaced or made read-only since, the
   * lock was taken over, or the disk is nearly full.
   */
  readonly assertIntact: () => Promise<void>;
  readonly release: () => Promise<void>;
};

const identityOf = async (path: string): Promise<string> => {
  const { dev, ino } = await stat(path);
  return `${dev}:${ino}`;
};

const assertWritable = async (path: string): Promise<void> => {
  await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  const { mode } = await stat(path);
  // A superuser passes `access` on a folder that is marked read-only; the mark is respected all the same.
  if ((mode & 0o200) === 0) throw new DataFolderError(`The ledger's folder ${path} is read-only.`);
  const { bavail, bsize } = await statfs(path);
  if (bavail * bsize < MIN_FREE_BYTES) {
    throw new DataFolderError(`The disk of the ledger's folder ${path} is nearly full.`);
  }
};

const orDataFolderError = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof DataFolderError) throw cause;
    throw new DataFolderError(`The ledger's folder ${path} cannot be used.`, { cause });
  }
};

/**
 * Makes the folder if need be and locks it. The embedded database has no lock of its own: two
 * processes in one folder would silently lose rows.
 * @throws {DataFolderError} when it is in use or not writable.
 */
export const openDataFolder = (path: string): Promise<DataFolder> =>
  orDataFolderError(path, async () => {
    const database = join(path, 'database');
    await mkdir(path, { recursive: true, mode: 0o700 });
    await assertWritable(path);
    const lock = await takeFolderLock(join(path, 'understudy.lock'));
    await mkdir(database, { recursive: true, mode: 0o700 });
    const watched = [path, database, join(database, 'PG_VERSION')];
    const identities = () => Promise.all(watched.map(identityOf));
    let known: readonly string[] = [];
    return {
      database,
      watchDatabase: async () => {
        known = await identities();
      },
      assertIntact: () =>
        orDataFolderError(path, async () => {
          await assertWritable(path);
          await assertWritable(database);
          await lock.assertHeld();
          const now = await identities();
          if (now.some((identity, index) => identity !== known[index])) {
            throw new DataFolderError(`The ledger's folder ${path} was replaced.`);
          }
        }),
      release: lock.release,
    };
  });
