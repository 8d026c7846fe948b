import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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

/** How many agents launch at once, each one launch after the other. */
const AT_ONCE = 4;
/** How many launches are answered before the first copy is stopped, and how many after it was killed. */
const BEFORE_THE_STOP = 12;
const AFTER_THE_KILL = 24;

/** How long a condition is waited for. */
const PATIENT = { timeout: 60_000 };

const timesIn = (types: readonly string[], type: string): number =>
  types.filter((each) => each === type).length;

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
  const repeated: Answer[] = [];
  /** One of those, whose intent the copy had recorded when it was stopped, and whose outcome it had not. */
  let begun: string;

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
    let enough = Number.POSITIVE_INFINITY;
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
        // Asked again with the same id, no copy gives a second token for it.
        repeated.push({ id, status: await ask(second, id) });
        const next = randomUUID();
        answers.push({ id: next, status: await ask(second, next) });
      }
    };
    const agents = Array.from({ length: AT_ONCE }, async () => {
      while (answers.length < enough) {
        await launch();
      }
    });
    const all = Promise.all(agents);
    await vi.waitFor(() => expect(answers.length).toBeGreaterThanOrEqual(BEFORE_THE_STOP), PATIENT);
    // Stopped, the copy answers nothing more: what the ledger then has the intent of alone stays without an answer.
    begun = await vi.waitFor(async () => {
      first.child.kill('SIGSTOP');
      const found = await rows();
      const alone = [...found].find(([, types]) => types.join() === 'launch_requested');
      if (!alone) {
        first.child.kill('SIGCONT');
        throw new Error(`The copy was never stopped in a launch; ${answers.length} were answered.`);
      }
      return alone[0];
    }, PATIENT);
    isAlive = false;
    enough = answers.length + AFTER_THE_KILL;
    first.child.kill('SIGKILL');
    await first.exited;
    await all;
  }, 240_000);
  afterAll(async () => {
    for (const { child } of copies ?? []) {
      // A copy that is stopped is ended by nothing else.
      child.kill('SIGKILL');
    }
    await Promise.all((copies ?? []).map(({ exited }) => exited));
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('dist/backend rolls over to its second copy: every launch that an agent asked for is issued', () => {
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect(answers.length).toBeGreaterThanOrEqual(BEFORE_THE_STOP + AFTER_THE_KILL);
    expect(copies[0].child.signalCode).toBe('SIGKILL');
  });

  it('dist/backend rolls over to its second copy: none is missing from the ledger, and none is issued twice', async () => {
    const found = await rows();
    const issued = [...answers, ...repeated].filter(({ status }) => status === 201);
    const wrong = issued
      .map(({ id }) => ({ id, rows: found.get(id) ?? [] }))
      .filter(({ rows: types }) => timesIn(types, 'launch_issued') !== 1);
    expect(wrong).toEqual([]);
    const ledger = await readPostgresLedger(connectionOf(cluster.folder, database, ROLES.reader));
    expect(await verifyLedger(ledger)).toMatchObject({ intact: true });
    await ledger.close();
  });

  it('dist/backend rolls over to its second copy: a launch whose request was cut off is begun once, and issued once at most', async () => {
    expect(repeated).toContainEqual({ id: begun, status: 409 });
    const found = await rows();
    const wrong = repeated
      .map(({ id, status }) => ({ id, status, rows: found.get(id) ?? [] }))
      .filter(({ status, rows: types }) => {
        const issued = timesIn(types, 'launch_issued');
        // The second copy launched it, for the first had recorded nothing; or it refused, for the first had begun.
        const fits = status === 201 ? issued === 1 : status === 409 && issued <= 1;
        return !fits || timesIn(types, 'launch_requested') !== 1;
      });
    expect(wrong).toEqual([]);
  });

  it('dist/backend has nothing but Node and its own folder', () => {
    expect(readdirSync(folder)).not.toContain('node_modules');
  });
});
