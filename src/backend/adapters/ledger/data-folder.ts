import { constants } from 'node:fs';
import { access, mkdir, open, readFile, rename, stat, unlink, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Another process works in the data folder, or the folder cannot be used. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

const LOCK_NAME = 'understudy.lock';
const HEARTBEAT_MILLISECONDS = 2_000;
/** A lock whose holder cannot be asked (another host or container) is believed for this long after its last heartbeat. */
const STALE_MILLISECONDS = 15_000;

/** A folder that this process alone works in. */
export type DataFolder = {
  readonly path: string;
  /** @throws {DataFolderError} when the folder was removed, replaced or made read-only since. */
  readonly assertIntact: () => Promise<void>;
  readonly release: () => Promise<void>;
};

const processIsAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const isStale = async (lock: string): Promise<boolean> => {
  const [text, { mtimeMs }] = await Promise.all([readFile(lock, 'utf8'), stat(lock)]);
  const [host, pid] = text.split('\n');
  if (host === hostname() && Number(pid) > 0) return !processIsAlive(Number(pid));
  return Date.now() - mtimeMs > STALE_MILLISECONDS;
};

const takeLock = async (lock: string): Promise<void> => {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const file = await open(lock, 'wx', 0o600);
      await file.writeFile(`${hostname()}\n${process.pid}\n`);
      await file.close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (!(await isStale(lock))) break;
      // Renaming first lets only one of several waiting processes remove a stale lock.
      const stale = `${lock}.${process.pid}`;
      await rename(lock, stale);
      await unlink(stale);
    }
  }
  throw new DataFolderError(
    `Another process is using the ledger (${lock}). The embedded database takes one process; use PostgreSQL for several.`,
  );
};

const assertWritableFolder = async (path: string): Promise<{ readonly inode: number }> => {
  await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  const { ino, mode } = await stat(path);
  // A superuser passes `access` on a folder that is marked read-only; the mark is respected all the same.
  if ((mode & 0o200) === 0) throw new DataFolderError(`The ledger's folder ${path} is read-only.`);
  return { inode: ino };
};

/**
 * Makes the folder if need be and locks it. The embedded database has no lock of its own: two
 * processes in one folder would silently lose rows.
 * @throws {DataFolderError} when it is in use or not writable.
 */
export const openDataFolder = async (path: string): Promise<DataFolder> => {
  const lock = join(path, LOCK_NAME);
  let inode: number;
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    ({ inode } = await assertWritableFolder(path));
    await takeLock(lock);
  } catch (cause) {
    if (cause instanceof DataFolderError) throw cause;
    throw new DataFolderError(`The ledger's folder ${path} cannot be used.`, { cause });
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    // A heartbeat that fails shows in `assertIntact` before the next write.
    utimes(lock, now, now).catch(() => undefined);
  }, HEARTBEAT_MILLISECONDS);
  heartbeat.unref();
  return {
    path,
    assertIntact: async () => {
      const current = await assertWritableFolder(path);
      if (current.inode !== inode) throw new DataFolderError(`The folder ${path} was replaced.`);
    },
    release: async () => {
      clearInterval(heartbeat);
      await unlink(lock).catch(() => undefined);
    },
  };
};
