import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';

const MINUTES = 60_000;
const clone = join(mkdtempSync(join(tmpdir(), 'understudy-dev-')), 'understudy');
let dev: ChildProcess;
let output = '';

const untilSaid = async (text: string): Promise<void> => {
  const deadline = Date.now() + 3 * MINUTES;
  while (!output.includes(text)) {
    if (Date.now() > deadline || dev.exitCode !== null) {
      throw new Error(`Only this was said: ${output}`);
    }
    await delay(100);
  }
};

beforeAll(async () => {
  execFileSync('git', ['clone', '--quiet', inRepository(), clone]);
  symlinkSync(inRepository('node_modules'), join(clone, 'node_modules'));
  dev = spawn(process.execPath, ['src/commands/dev.ts', '--headless'], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, UNDERSTUDY_SANDBOX_DIR: join(clone, '.sandbox') },
  });
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  dev.stdout?.on('data', keep);
  dev.stderr?.on('data', keep);
  await untilSaid('Change something in src/extension.');
}, 5 * MINUTES);

afterAll(async () => {
  const exited = new Promise<void>((resolve) => dev.once('exit', () => resolve()));
  if (dev.exitCode === null) {
    dev.kill('SIGTERM');
    await exited;
  }
  rmSync(join(clone, '..'), { recursive: true, force: true });
}, MINUTES);

it('a text that is changed is in the extension that the browser has loaded again', async () => {
  const path = join(clone, 'public', '_locales', 'en', 'messages.json');
  const messages = JSON.parse(readFileSync(path, 'utf8'));
  messages.extensionDescription.message = 'Changed by a newcomer.';
  output = '';
  writeFileSync(path, JSON.stringify(messages));
  await untilSaid('Built and loaded again');
  const built = join(clone, 'dist', 'dev', '_locales', 'en', 'messages.json');
  expect(readFileSync(built, 'utf8')).toContain('Changed by a newcomer.');
});

it('a change that cannot be built is told, and the next one is built again', async () => {
  const path = join(clone, 'src', 'extension', 'popup', 'start.ts');
  const good = readFileSync(path, 'utf8');
  output = '';
  writeFileSync(path, `${good}\nconst = ;`);
  await untilSaid('Not built:');
  output = '';
  writeFileSync(path, good);
  await untilSaid('Built and loaded again');
});
