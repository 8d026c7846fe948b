import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { createAgentClient, signIn } from '../launch/agent-client.ts';
import { spawnBackend, untilReady } from './backend-process.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps } = endpoints;

/** The only thing on the machine besides Node: no packages, no sources. */
const folder = mkdtempSync(join(tmpdir(), 'understudy-backend-'));
cpSync(inRepository('dist', 'backend'), folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const startCopy = async (name: string) => {
  const backend = await spawnBackend(endpoints, name, undefined, undefined, {
    command: process.execPath,
    args: ['backend.js'],
    folder,
  });
  await untilReady(backend);
  return backend;
};

it('the built backend launches in a folder with nothing else, and a second copy goes on after a kill', async () => {
  const tokens = await signIn(endpoints, accounts.agent);
  const launchThrough = (backend: string) =>
    createAgentClient({ ...endpoints, backend }, tokens).launch({
      customerId: accounts.customer.id,
      targetAppId: targetApps[0]?.id,
    });

  const first = await startCopy('built');
  expect(await launchThrough(first.origin)).toMatchObject({ status: 201 });
  first.child.kill('SIGKILL');
  await first.exited;

  const second = await startCopy('built');
  const launched = await launchThrough(second.origin);
  second.child.kill('SIGTERM');
  expect(await second.exited).toBe(0);
  expect(launched).toMatchObject({
    status: 201,
    body: { sessionTransferToken: expect.any(String) },
  });

  const verdict = execFileSync(
    process.execPath,
    ['ledger.js', 'verify', '--folder', second.dataFolder],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(verdict).toMatch(/^Intact, \d+ rows/);
  expect(readdirSync(folder)).not.toContain('node_modules');
});
