import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPostgresLedger } from '../../../src/backend/adapters/ledger/postgres/postgres-ledger.ts';
import { verifyLedger } from '../../../src/backend/adapters/ledger/verification/verify-ledger.ts';
import { inRepository } from '../../../src/commands/repository.ts';
import { canRunWith, POSTGRES } from '../../../src/commands/test-programs.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { createAgentClient, signIn } from '../launch/agent-client.ts';
import { ordinaryCustomers } from '../launch/ordinary-customers.ts';
import { type BackendProcess, spawnBackend, untilReady } from './backend-process.ts';
import {
  type Cluster,
  connectionOf,
  databaseUrl,
  ROLES,
  startCluster,
} from './ledger/postgres-cluster.ts';

/** Launches that are asked for one after the other, by each of several agents at once. */
const LAUNCHES = 40;
const AT_ONCE = 4;
/** How many are answered before the first copy is killed. */
const BEFORE_THE_KILL = 12;

type Answer = { readonly id: string; readonly status: number };

describe.skipIf(!canRunWith(POSTGRES))('dist/backend with PostgreSQL', () => {
  const endpoints = workerEndpoints();
  /** The only thing besides Node: no packages, no sources. */
  const folder = mkdtempSync(join(tmpdir(), 'understudy-roll-over-'));
  let cluster: Cluster;
  let database: string;
  let copies: readonly [BackendProcess, BackendProcess];
  /** Every launch that an agent saw through, and the status that it was answered with. */
  const answers: Answer[] = [];
  /** Launches whose request had no answer because its copy was killed, and what asking again came to. */
  const unanswered: string[] = [];
  const repeated: Answer[] = [];

  const start = (name: string): Promise<BackendProcess> =>
    spawnBackend(
      endpoints,
      name,
      (config) => ({
        ...config,
        ledger: { databaseUrl: databaseUrl(cluster.folder, database, ROLES.writer) },
        limits: { launchesPerMinute: 100_000, tenantCallsPerSecond: 1_000 },
      }),
      {},
      { command: process.execPath, args: ['backend.js'], folder },
    );

  beforeAll(async () => {
    cpSync(inRepository('dist', 'backend'), folder, { recursive: true });
    cluster = await startCluster();
    database = await cluster.createLedger();
    const tokens = await signIn(endpoints, endpoints.accounts.agent);
    const search = createAgentClient(endpoints, tokens);
    const customerIds = await ordinaryCustomers(search);
    copies = [await start('roll-over-1'), await start('roll-over-2')];
    await Promise.all(copies.map(untilReady));
    const [first, second] = copies;

    let isAlive = true;
    let asked = 0;
    const ask = async ({ origin }: BackendProcess, id: string): Promise<number> => {
      const client = createAgentClient({ ...endpoints, backend: origin }, tokens);
      asked += 1;
      const { status } = await client.launch({
        id,
        // A later launch for the same customer gives up one that is under way.
        customerId: customerIds[asked % customerIds.length],
        targetAppId: endpoints.targetApps[0]?.id,
      });
      return status;
    };
    /** As behind a load balancer: to the copy that lives. Without an answer, the agent launches again. */
    const launch = async (): Promise<void> => {
      const id = randomUUID();
      try {
        answers.push({ id, status: await ask(isAlive ? first : second, id) });
      } catch {
        unanswered.push(id);
        // Asked again with the same id, no copy gives a second token for it.
        repeated.push({ id, status: await ask(second, id) });
        const next = randomUUID();
        answers.push({ id: next, status: await ask(second, next) });
      }
    };
    let left = LAUNCHES;
    const agents = Array.from({ length: AT_ONCE }, async () => {
      while (left > 0) {
        left -= 1;
        await launch();
      }
    });
    const all = Promise.all(agents);
    while (answers.length < BEFORE_THE_KILL) {
      await delay(2);
    }
    isAlive = false;
    first.child.kill('SIGKILL');
    await first.exited;
    await all;
  }, 240_000);
  afterAll(async () => {
    for (const { child } of copies ?? []) {
      child.kill('SIGTERM');
    }
    await Promise.all((copies ?? []).map(({ exited }) => exited));
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The rows of each launch, by their type. */
  const rows = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
    const ledger = await readPostgresLedger(connectionOf(cluster.folder, database, ROLES.reader));
    const found = new Map<string, readonly string[]>();
    for await (const { content } of ledger.rows()) {
      const { type, launchId } = JSON.parse(content);
      found.set(launchId, [...(found.get(launchId) ?? []), type]);
    }
    await ledger.close();
    return found;
  };

  it('dist/backend rolls over to its second copy: every launch that an agent asked for is issued', () => {
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect(answers).toHaveLength(LAUNCHES);
    expect(copies[0].child.signalCode).toBe('SIGKILL');
  });

  it('dist/backend rolls over to its second copy: none is missing from the ledger, and none is issued twice', async () => {
    const found = await rows();
    for (const { id } of answers) {
      expect(found.get(id)?.filter((type) => type === 'launch_issued')).toEqual(['launch_issued']);
    }
    const ledger = await readPostgresLedger(connectionOf(cluster.folder, database, ROLES.reader));
    expect(await verifyLedger(ledger)).toMatchObject({ intact: true });
    await ledger.close();
  });

  it('dist/backend rolls over to its second copy: a request that was cut off is in the ledger once, whatever became of it', async () => {
    const found = await rows();
    // The first copy had written the intent, or nothing: only then may the same id be launched.
    for (const { id, status } of repeated) {
      const issued = found.get(id)?.filter((type) => type === 'launch_issued') ?? [];
      expect(issued.length).toBeLessThanOrEqual(1);
      expect([201, 409]).toContain(status);
    }
    expect(unanswered).toHaveLength(repeated.length);
  });

  it('dist/backend has nothing but Node and its own folder', () => {
    expect(readdirSync(folder)).not.toContain('node_modules');
  });
});
