import { accessSync, constants, mkdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolderError } from '../data-folder-error.ts';
import { type FolderLock, takeFolderLock } from './folder-lock.ts';

/** Below this the ledger counts as full: the embedded database does not survive a disk without room. */
const MIN_FREE_BYTES = 64 * 1024 * 1024;

/** A folder that this process alone works in. */
export type DataFolder = {
  /** Where the database's files are. */
  readonly database: string;
  /** Remembers the database's files as they are now. Call it once the database is open. */
  readonly watchDatabase: () => void;
  /**
   * @throws {DataFolderError} when folder or database were removed, replaced or made read-only since, the
   * lock was taken over, or the disk is nearly full.
   */
  readonly assertIntact: () => void;
  readonly release: () => Promise<void>;
};

const identityOf = (path: string): string => {
  const { dev, ino } = statSync(path);
  return `${dev}:${ino}`;
};

const assertWritable = (path: string): void => {
  accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  const { mode } = statSync(path);
  // A superuser passes `access` on a folder that is marked read-only; the mark is respected all the same.
  if ((mode & 0o200) === 0) {
    throw new DataFolderError(`The ledger's folder ${path} is read-only.`);
  }
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize < MIN_FREE_BYTES) {
    throw new DataFolderError(`The disk of the ledger's folder ${path} is nearly full.`);
  }
};

const dataFolderError = (path: string, cause: unknown): DataFolderError => {
  if (cause instanceof DataFolderError) {
    return cause;
  }
  const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new DataFolderError(`The ledger's folder ${path} cannot be used${why}.`, { cause });
};

/**
 * Makes the folder if need be and locks it. The embedded database has no lock of its own: two
 * processes in one folder would silently lose rows. The checks are synchronous: some microseconds
 * before each write, on the files that the database itself uses synchronously.
 * @throws {DataFolderError} when it is in use or not writable.
 */
export const openDataFolder = async (path: string): Promise<DataFolder> => {
  const database = join(path, 'database');
  let lock: FolderLock;
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    assertWritable(path);
    lock = await takeFolderLock(join(path, 'understudy.lock'));
    mkdirSync(database, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw dataFolderError(path, cause);
  }
  const watched = [path, database, join(database, 'PG_VERSION')];
  let known: readonly string[] = [];
  const assertUnchanged = (): void => {
    assertWritable(path);
    assertWritable(database);
    lock.assertHeld();
    if (watched.some((file, index) => identityOf(file) !== known[index])) {
      throw new DataFolderError(`The ledger's folder ${path} was replaced.`);
    }
  };
  return {
    database,
    watchDatabase: () => {
      known = watched.map(identityOf);
    },
    assertIntact: () => {
      try {
        assertUnchanged();
      } catch (cause) {
        throw dataFolderError(path, cause);
      }
    },
    release: lock.release,
  };
};
