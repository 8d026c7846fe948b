import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findRunningLedger } from '../../../../src/backend/adapters/ledger/local-socket/running-ledger.ts';
import { serveReaders } from '../../../../src/backend/adapters/ledger/local-socket/serve-readers.ts';
import { openPgliteLedger } from '../../../../src/backend/adapters/ledger/pglite/pglite-ledger.ts';
import { verifyLedger } from '../../../../src/backend/adapters/ledger/verification/verify-ledger.ts';
import { LedgerUnavailableError } from '../../../../src/backend/ports/ledger.ts';
import { inRepository } from '../../../../src/commands/repository.ts';
import { workerEndpoints } from '../../../worker-endpoints.ts';
import { createAgentClient, signIn } from '../../launch/agent-client.ts';
import { emptyLedger } from './empty-ledger.ts';
import { claimRow, issuedRow } from './ledger-rows.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'understudy-running-'));

/** An embedded ledger with some launches, open as a backend has it. */
const opened = async () => {
  const folder = emptyLedger();
  const ledger = await openPgliteLedger(folder, () => undefined);
  for (let count = 0; count < 3; count += 1) {
    const claim = claimRow();
    await ledger.claim(claim);
    await ledger.advance(issuedRow(claim.launch.launchId));
  }
  const stop = await serveReaders(folder, ledger);
  onTestFinished(async () => {
    await stop();
    await ledger.close();
  });
  return { folder, ledger, stop };
};

const runningIn = async (folder: string) => {
  const running = await findRunningLedger(folder);
  if (!running) {
    throw new Error('No ledger is served.');
  }
  return running;
};

const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const collected: Item[] = [];
  for await (const item of items) {
    collected.push(item);
  }
  return collected;
};

describe('an embedded ledger that a backend has open', () => {
  it('a ledger is read through its backend exactly as it is read from its folder', async () => {
    const { folder, ledger } = await opened();
    const running = await runningIn(folder);
    expect(await collect(running.rows())).toEqual(await collect(ledger.rows()));
    expect(await collect(running.launchPages())).toEqual(await collect(ledger.launchPages()));
  });

  it('a ledger is verified, its table of launches too, while launches go on', async () => {
    const { folder, ledger } = await opened();
    const claims = Array.from({ length: 20 }, () => ledger.claim(claimRow()));
    expect(await verifyLedger(await runningIn(folder))).toMatchObject({ intact: true });
    await Promise.all(claims);
    expect(await verifyLedger(await runningIn(folder))).toMatchObject({ intact: true, rows: 26 });
  });

  it('a launch that only the table has is found through the backend', async () => {
    const { folder, ledger } = await opened();
    const [page] = await collect(ledger.launchPages());
    const [launch] = page?.stored ?? [];
    if (!launch) {
      throw new Error('There is no launch.');
    }
    const other = newFolder();
    const stop = await serveReaders(other, {
      ...ledger,
      launchPages: async function* () {
        yield { stored: [{ ...launch, id: crypto.randomUUID() }], rows: [] };
      },
    });
    expect(await verifyLedger(await runningIn(other))).toMatchObject({ intact: false });
    expect(await verifyLedger(await runningIn(folder))).toMatchObject({ intact: true });
    await stop();
  });

  it('an export is a row before anything of it is shown, and what cannot be recorded is refused', async () => {
    const { folder, ledger } = await opened();
    const reading = { type: 'ledger_exported', operator: 'ops', requestId: 'command' } as const;
    await (await runningIn(folder)).record(reading);
    const rows = await collect(ledger.rows());
    expect(JSON.parse(rows.at(-1)?.content ?? '')).toMatchObject({ type: 'ledger_exported' });
    const other = newFolder();
    const stop = await serveReaders(other, {
      ...ledger,
      record: () => Promise.reject(new LedgerUnavailableError('full')),
    });
    const running = await runningIn(other);
    await expect(running.record(reading)).rejects.toThrow(LedgerUnavailableError);
    for (const wrong of [
      { ...reading, type: 'launch_issued' },
      { ...reading, operator: 'x'.repeat(3_000) },
    ]) {
      await expect(running.record(wrong as typeof reading)).rejects.toThrow(LedgerUnavailableError);
    }
    await stop();
  });

  it('nobody but the owner of the folder may open the socket', async () => {
    const { folder } = await opened();
    expect(statSync(join(folder, 'ledger.sock')).mode & 0o777).toBe(0o600);
  });

  it('an answer that is cut is no short ledger', async () => {
    const { ledger } = await opened();
    const [row] = await collect(ledger.rows());
    const folder = newFolder();
    const stop = await serveReaders(folder, {
      ...ledger,
      rows: async function* () {
        if (row) {
          yield row;
        }
        await stop();
      },
    });
    await expect(collect((await runningIn(folder)).rows())).rejects.toThrow(LedgerUnavailableError);
  });

  it('a ledger that fails in the middle of an answer is no short ledger', async () => {
    const folder = newFolder();
    const { ledger } = await opened();
    const stop = await serveReaders(folder, {
      ...ledger,
      rows: async function* () {
        yield* ledger.rows();
        throw new Error('The disk is gone.');
      },
    });
    await expect(collect((await runningIn(folder)).rows())).rejects.toThrow(LedgerUnavailableError);
    await stop();
  });

  it('a socket that a killed backend left behind is not taken for a running one, and is replaced', async () => {
    const { ledger } = await opened();
    const folder = newFolder();
    writeFileSync(join(folder, 'ledger.sock'), '');
    expect(await findRunningLedger(folder)).toBeUndefined();
    const stop = await serveReaders(folder, ledger);
    expect(await findRunningLedger(folder)).toBeDefined();
    await stop();
    expect(await findRunningLedger(folder)).toBeUndefined();
  });

  it('a folder whose name is too long for a socket serves nothing and harms nothing', async () => {
    const { ledger } = await opened();
    const folder = join(newFolder(), 'x'.repeat(120));
    const stop = await serveReaders(folder, ledger);
    expect(await findRunningLedger(folder)).toBeUndefined();
    await stop();
  });
});

it('npm run ledger verifies and exports the ledger of a running backend', async () => {
  const endpoints = workerEndpoints();
  const sandbox = dirname(inRepository(endpoints.subjectToken.signingKeyFile));
  const { ledger } = JSON.parse(readFileSync(join(sandbox, 'backend.json'), 'utf8'));
  const agent = createAgentClient(endpoints, await signIn(endpoints, endpoints.accounts.agent));
  await agent.post('/v1/own-sessions', { targetAppId: endpoints.targetApps[0]?.id });
  const run = (name: string) =>
    promisify(execFile)(
      process.execPath,
      [inRepository('src/backend/cli/ledger.ts'), name, '--folder', ledger.dataFolder],
      { maxBuffer: 100_000_000 },
    );
  expect((await run('verify')).stdout).toMatch(/^Intact, \d+ rows/);
  const lines = (await run('export')).stdout.trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ seq: lines.length });
  expect((await run('export')).stdout).toContain('ledger_exported');
});
