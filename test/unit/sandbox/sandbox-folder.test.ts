import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSandboxFolder } from '../../../src/sandbox/sandbox-folder.ts';

const temporary = async () => {
  const root = await mkdtemp(join(tmpdir(), 'understudy-folder-'));
  onTestFinished(() => rm(root, { recursive: true }));
  return { root, folder: await openSandboxFolder(join(root, '.sandbox'), root) };
};
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

test('the folder and its files are for their owner only', async () => {
  const { folder } = await temporary();
  expect(await modeOf(folder.path)).toBe(0o700);
  expect(await modeOf(await folder.write('secret', 'x'))).toBe(0o600);
});

test('a file that was open to others is closed by writing it', async () => {
  const { folder } = await temporary();
  await writeFile(join(folder.path, 'secret'), 'old', { mode: 0o644 });
  expect(await modeOf(await folder.write('secret', 'new'))).toBe(0o600);
});

test('an atomic write leaves the file and nothing else', async () => {
  const { folder } = await temporary();
  const path = await folder.writeAtomically('endpoints.json', { a: 1 });
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ a: 1 });
  expect(await readdir(folder.path)).toEqual(['endpoints.json']);
});

test('paths are told from the root', async () => {
  const { folder } = await temporary();
  expect(folder.relative(join(folder.path, 'ca.pem'))).toBe('.sandbox/ca.pem');
});
