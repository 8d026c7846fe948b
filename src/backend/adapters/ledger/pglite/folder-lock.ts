import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { open, rename, stat, unlink, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as z from 'zod/mini';
import { DataFolderError } from '../data-folder-error.ts';

const HEARTBEAT_MILLISECONDS = 2_000;
/** A lock whose holder cannot be asked (another host or container) is believed for this long after its last heartbeat. */
const STALE_MILLISECONDS = 15_000;

const holderSchema = z.object({
  nonce: z.string(),
  host: z.string(),
  /** Tells containers apart that share a host name, each with process ids of its own. */
  processNamespace: z.string(),
  pid: z.number(),
  /** When the process started, by the kernel: a process id can come back, this cannot. */
  startedAt: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

/** The lock on a folder, held by this process. */
export type FolderLock = {
  /** @throws {DataFolderError} when somebody else has taken the lock over. */
  readonly assertHeld: () => void;
  readonly release: () => Promise<void>;
};

/** Gives nothing where the system has no such file: then the heartbeat alone decides. */
const optionalText = (read: () => string): string => {
  try {
    return read();
  } catch {
    return '';
  }
};

const startTimeOf = (pid: number): string =>
  optionalText(() => {
    // Fields are counted behind the command, which is in parentheses and may hold anything.
    const [, fields = ''] = /^.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return fields.split(' ')[19] ?? '';
  });

const processNamespace = (): string => optionalText(() => readlinkSync('/proc/self/ns/pid'));

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const readHolder = (path: string): Holder | undefined => {
  try {
    return holderSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    // The file is gone, or a process died while it wrote it: there is no holder to ask.
    return undefined;
  }
};

/** Nonces of the locks that this process holds, so that it does not take its own for a leftover. */
const heldHere = new Set<string>();

const isStale = async (path: string, holder: Holder | undefined): Promise<boolean> => {
  const { mtimeMs } = await stat(path);
  const isSilent = Date.now() - mtimeMs > STALE_MILLISECONDS;
  if (!holder) {
    return isSilent;
  }
  const canAsk = holder.host === hostname() && holder.processNamespace === processNamespace();
  if (!canAsk) {
    return isSilent;
  }
  if (holder.pid === process.pid) {
    return !heldHere.has(holder.nonce);
  }
  return !isAlive(holder.pid) || startTimeOf(holder.pid) !== holder.startedAt;
};

const inUse = (path: string) =>
  new DataFolderError(
    `Another process is using the ledger (${path}). The embedded database takes one process.`,
  );

const writeLock = async (path: string, holder: Holder): Promise<boolean> => {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(JSON.stringify(holder));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
};

/** Moves a stale lock away, unless somebody replaced it in between. */
const removeStale = async (path: string, stale: Holder | undefined): Promise<void> => {
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside);
  const moved = readHolder(aside);
  if (moved?.nonce !== stale?.nonce) {
    await rename(aside, path);
    throw inUse(path);
  }
  await unlink(aside);
};

/**
 * Takes the lock file at a path. A lock that is left over from a process that died is taken over: at once
 * when the system can tell, else after 15 s of silence.
 * @throws {DataFolderError} when somebody else holds it.
 */
export const takeFolderLock = async (path: string): Promise<FolderLock> => {
  const holder: Holder = {
    nonce: randomUUID(),
    host: hostname(),
    processNamespace: processNamespace(),
    pid: process.pid,
    startedAt: startTimeOf(process.pid),
  };
  if (!(await writeLock(path, holder))) {
    const other = readHolder(path);
    if (!(await isStale(path, other))) {
      throw inUse(path);
    }
    await removeStale(path, other);
    if (!(await writeLock(path, holder))) {
      throw inUse(path);
    }
  }
  heldHere.add(holder.nonce);
  const isOurs = () => readHolder(path)?.nonce === holder.nonce;
  const beat = async (): Promise<void> => {
    const now = new Date();
    if (isOurs()) {
      await utimes(path, now, now);
    }
  };
  const heartbeat = setInterval(() => {
    // A heartbeat that fails shows in `assertHeld` before the next write.
    beat().catch(() => undefined);
  }, HEARTBEAT_MILLISECONDS);
  heartbeat.unref();
  return {
    assertHeld: () => {
      if (!isOurs()) {
        throw new DataFolderError(`The lock ${path} was taken over.`);
      }
    },
    release: async () => {
      clearInterval(heartbeat);
      heldHere.delete(holder.nonce);
      if (isOurs()) {
        await unlink(path);
      }
    },
  };
};
