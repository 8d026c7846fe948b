import {
  chmodSync,
  existsSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPgliteLedger } from '../../../../src/backend/adapters/ledger/pglite/pglite-ledger.ts';
import { emptyLedger } from './empty-ledger.ts';
import { facts, newFolder, request, rival } from './pglite-folder.ts';

describe('the data folder', () => {
  it('a data folder whose database goes away makes the ledger unavailable', async () => {
    const folder = emptyLedger();
    const ledger = await openPgliteLedger(folder, () => undefined);
    renameSync(join(folder, 'database'), join(folder, 'elsewhere'));
    await expect(request(ledger)).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
    mkdirSync(join(folder, 'database'));
    await expect(request(ledger)).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
  });

  it('a data folder that had a ledger does not begin a new one in silence', async () => {
    const folder = emptyLedger();
    const ledger = await openPgliteLedger(folder, () => undefined);
    await ledger.close();
    renameSync(join(folder, 'database'), join(folder, 'elsewhere'));
    await expect(openPgliteLedger(folder, () => undefined)).rejects.toThrow(
      /The ledger in .* is gone/,
    );
  });

  it.each([
    [
      'whose control file is gone',
      (database: string) => rmSync(join(database, 'global/pg_control')),
    ],
    [
      'whose control file is empty',
      (database: string) => truncateSync(join(database, 'global/pg_control'), 0),
    ],
    [
      'of another version',
      (database: string) => writeFileSync(join(database, 'PG_VERSION'), '9\n'),
    ],
  ])('%s is refused with a sentence that says what to do', async (_name, damage) => {
    const folder = emptyLedger();
    damage(join(folder, 'database'));
    await expect(openPgliteLedger(folder, () => undefined)).rejects.toMatchObject({
      name: 'DataFolderError',
      message: `The ledger's database in ${folder} cannot be opened: it is damaged, or another version made it. Restore the folder from a backup.`,
    });
  });

  const holder = {
    nonce: 'other',
    host: hostname(),
    processNamespace: readlinkSync('/proc/self/ns/pid'),
    pid: process.pid,
    startedAt: '1',
  };
  const openLocked = async (changes: Partial<typeof holder>, silentSeconds = 0) => {
    const folder = emptyLedger();
    const lock = join(folder, 'understudy.lock');
    writeFileSync(lock, JSON.stringify({ ...holder, ...changes }));
    const lastBeat = Date.now() / 1000 - silentSeconds;
    utimesSync(lock, lastBeat, lastBeat);
    return openPgliteLedger(folder, () => undefined);
  };

  it.each([
    ['of its own process id, as after a restart in a container', {}, 0],
    ['of a process that is dead', { pid: 2 ** 22 }, 0],
    ['of a process id that another process has now', { pid: 1 }, 0],
    ['of another host that went silent', { host: 'other' }, 20],
    ['of another container that went silent', { processNamespace: 'pid:[1]' }, 20],
  ])('a data folder is taken over from a lock %s', async (_name, changes, silentSeconds) => {
    const ledger = await openLocked(changes, silentSeconds);
    expect(await request(ledger)).toBe('recorded');
    await ledger.close();
  });

  it.each([
    ['another host', { host: 'other' }],
    ['another container', { processNamespace: 'pid:[1]' }],
  ])('a data folder is not taken over from %s that is alive', async (_name, changes) => {
    await expect(openLocked(changes)).rejects.toThrow('Another process is using the ledger');
  });

  it('a data folder that somebody else took over takes no more rows, and its lock is left alone', async () => {
    const folder = emptyLedger();
    const ledger = await openPgliteLedger(folder, () => undefined);
    const lock = join(folder, 'understudy.lock');
    writeFileSync(lock, JSON.stringify(holder));
    await expect(request(ledger)).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
    await ledger.close();
    expect(existsSync(lock)).toBe(true);
  });

  it('a data folder is kept over a restart', async () => {
    const folder = emptyLedger();
    const first = await openPgliteLedger(folder, () => undefined);
    const launch = facts();
    await first.claim({ type: 'launch_requested', launch, rival });
    await first.close();
    const second = await openPgliteLedger(folder, () => undefined);
    expect((await second.findLaunch(launch.launchId))?.launch.state).toBe('requested');
    await second.close();
  });

  it('a data folder takes one process at a time', async () => {
    const folder = emptyLedger();
    const first = await openPgliteLedger(folder, () => undefined);
    await expect(openPgliteLedger(folder, () => undefined)).rejects.toThrow(
      'Another process is using the ledger',
    );
    await first.close();
    const second = await openPgliteLedger(folder, () => undefined);
    await second.close();
  });

  it('a data folder that is read-only is refused at the start', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    chmodSync(folder, 0o500);
    await expect(openPgliteLedger(folder, () => undefined)).rejects.toThrow(
      /read-only|cannot be used/,
    );
  });

  it('a data folder that becomes read-only, or goes away, makes the ledger unavailable', async () => {
    const folder = emptyLedger();
    const ledger = await openPgliteLedger(folder, () => undefined);
    chmodSync(folder, 0o500);
    await expect(request(ledger)).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
    await expect(ledger.assertWritable()).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
    chmodSync(folder, 0o700);
    expect(await request(ledger)).toBe('recorded');
    renameSync(folder, `${folder}-away`);
    await expect(request(ledger)).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
    mkdirSync(folder);
    await expect(request(ledger)).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
    renameSync(folder, `${folder}-new`);
    renameSync(`${folder}-away`, folder);
    expect(await request(ledger)).toBe('recorded');
    await ledger.close();
  });
});
