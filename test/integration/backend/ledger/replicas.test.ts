import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPostgresLedger } from '../../../../src/backend/adapters/ledger/postgres/postgres-ledger.ts';
import { verifyLedger } from '../../../../src/backend/adapters/ledger/verification/verify-ledger.ts';
import { canRunWith, POSTGRES } from '../../../../src/commands/test-programs.ts';
import { workerEndpoints } from '../../../worker-endpoints.ts';
import { signIn, type Tokens } from '../../launch/agent-client.ts';
import { createTenantLevers, type TenantLevers } from '../../launch/tenant-levers.ts';
import { type BackendProcess, spawnBackend, untilReady } from '../backend-process.ts';
import { manyCustomers } from './many-customers.ts';
import {
  type Cluster,
  connectionOf,
  databaseUrl,
  ROLES,
  startCluster,
} from './postgres-cluster.ts';

const LAUNCHES = 200;

/** What a release does to the database while the release before it still runs: it only adds. */
const EXPAND = `
  ALTER TABLE launches ADD COLUMN added_by_the_next_release text;
  CREATE TABLE of_the_next_release (id integer PRIMARY KEY);
  INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('next', 4102444800000);
`;

/** The backend's own process: npm and its shell stand between it and the test. */
const descendantsOf = (pid: number): readonly number[] => {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((text) => text !== '')
    .map(Number);
  return [...children, ...children.flatMap(descendantsOf)];
};

const killAtOnce = ({ child }: BackendProcess): void => {
  const { pid } = child;
  if (pid === undefined) {
    return;
  }
  for (const each of [...descendantsOf(pid), pid]) {
    process.kill(each, 'SIGKILL');
  }
};

describe.skipIf(!canRunWith(POSTGRES))('two backends on one database', () => {
  const endpoints = workerEndpoints();
  let cluster: Cluster;
  let database: string;
  let backends: readonly [BackendProcess, BackendProcess];
  let tokens: Tokens;
  let customerIds: readonly string[];
  const ids = Array.from({ length: LAUNCHES }, () => randomUUID());
  /** The status of each answer by launch id; a request whose backend was killed has none. */
  const answers = new Map<string, number>();

  /** Launches as the customer of that index; gives the status of the answer. */
  const ask = async (backend: BackendProcess, id: string, index: number): Promise<number> => {
    const response = await fetch(`${backend.origin}/v1/launches`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokens.accessToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        id,
        customerId: customerIds[index % customerIds.length],
        targetAppId: endpoints.targetApps[0]?.id,
        reason: 'Cannot see the invoice',
        actorToken: tokens.idToken,
      }),
    });
    await response.text();
    return response.status;
  };
  const launch = async (backend: BackendProcess, index: number): Promise<void> => {
    const id = ids[index] ?? '';
    answers.set(id, await ask(backend, id, index));
  };

  /** Waits for that many answers; the limit of the hook ends a wait for ones that never come. */
  const untilAnswered = async (count: number): Promise<void> => {
    while (answers.size <= count) {
      await delay(5);
    }
  };

  let levers: TenantLevers;
  beforeAll(async () => {
    levers = await createTenantLevers(endpoints);
    // It is about the database: the tenant's rate must not be what most launches end at.
    await levers.choose({ managementBurst: 10_000, managementCallsPerSecond: 10_000 });
    cluster = await startCluster();
    database = await cluster.createLedger();
    tokens = await signIn(endpoints, endpoints.accounts.agent);
    customerIds = await manyCustomers(endpoints);
    const url = databaseUrl(cluster.folder, database, ROLES.writer);
    const start = (name: string) =>
      spawnBackend(endpoints, name, (config) => ({
        ...config,
        ledger: { databaseUrl: url },
        limits: { launchesPerMinute: 100_000, tenantCallsPerSecond: 1_000 },
      }));
    backends = [await start('replica-1'), await start('replica-2')];
    await Promise.all(backends.map(untilReady));
    const [first, second] = backends;
    const launches = ids.map((_id, index) => launch(index % 2 === 0 ? first : second, index));
    const settled = Promise.allSettled(launches);
    await untilAnswered(LAUNCHES / 8);
    await cluster.asSuperuser(database, EXPAND);
    await untilAnswered(LAUNCHES / 4);
    killAtOnce(first);
    await settled;
  }, 240_000);
  afterAll(async () => {
    await levers?.reset();
    for (const backend of backends ?? []) {
      backend.child.kill('SIGTERM');
    }
    await Promise.all((backends ?? []).map(({ exited }) => exited));
    await cluster?.stop();
  });

  const open = () => readPostgresLedger(connectionOf(cluster.folder, database, ROLES.reader));

  it('two backends on one database leave a chain and a table of launches that fit, though one was killed', async () => {
    const ledger = await open();
    expect(await verifyLedger(ledger)).toMatchObject({ intact: true });
    await ledger.close();
  });

  it('two backends on one database give no token without the row of its outcome, and none twice', async () => {
    const ledger = await open();
    const issued: string[] = [];
    for await (const { content } of ledger.rows()) {
      const { type, launchId } = JSON.parse(content);
      if (type === 'launch_issued') {
        issued.push(launchId);
      }
    }
    await ledger.close();
    const given = ids.filter((id) => answers.get(id) === 201);
    expect(given.length).toBeGreaterThan(LAUNCHES / 10);
    expect(new Set(issued).size).toBe(issued.length);
    expect(given.filter((id) => !issued.includes(id))).toEqual([]);
  });

  it('two backends on one database: the one that lives answers everything, also after the migration', () => {
    const unanswered = ids.filter((id, index) => index % 2 === 1 && !answers.has(id));
    expect(unanswered).toEqual([]);
  });

  it('two backends on one database: the one that lives still launches after the next release’s migration', async () => {
    const [, second] = backends;
    // As a customer whom no launch before was for.
    expect(customerIds.length).toBeGreaterThan(LAUNCHES);
    expect(await ask(second, randomUUID(), LAUNCHES)).toBe(201);
    expect(await fetch(`${second.origin}/readyz`).then(({ status }) => status)).toBe(200);
  });

  it('two backends on one database take a launch id once, whichever is asked', async () => {
    const [, second] = backends;
    const index = ids.findIndex((id) => answers.get(id) === 201);
    expect(await ask(second, ids[index] ?? '', index)).toBe(409);
  });
});
