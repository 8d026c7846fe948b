import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';

/** A command that runs until it is told to stop, and says so. */
const LASTING = `
process.on('SIGTERM', () => {
  process.stdout.write('stopped\\n');
  process.exit();
});
setInterval(() => undefined, 1_000);
process.stdout.write('started\\n');
`;

let folder: string;
let shell: ChildProcessByStdio<null, Readable, null> | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  mkdirSync(join(folder, 'node_modules'));
  mkdirSync(join(folder, 'src', 'commands'), { recursive: true });
  symlinkSync(inRepository('node_modules', 'node'), join(folder, 'node_modules', 'node'));
  copyFileSync(
    inRepository('src', 'commands', 'bootstrap.mjs'),
    join(folder, 'src', 'commands', 'bootstrap.mjs'),
  );
  writeFileSync(join(folder, 'src', 'commands', 'lasting.ts'), LASTING);
});
afterEach(() => {
  // Whatever a failed test left running is in the shell's own group.
  try {
    process.kill(-(shell?.pid ?? Number.NaN), 'SIGKILL');
  } catch {
    // Nothing runs any more.
  }
  rmSync(folder, { recursive: true });
});

it('a command stops when the shell that npm ran it in is killed', async () => {
  const command = `"${process.execPath}" src/commands/bootstrap.mjs lasting; true`;
  shell = spawn('sh', ['-c', command], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: 'dev' },
  });
  const lines = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
  expect(await lines.next()).toMatchObject({ value: 'started' });
  shell.kill('SIGKILL');
  expect(await lines.next()).toMatchObject({ value: 'stopped' });
});
