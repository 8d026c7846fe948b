import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canRunWith, POSTGRES } from '../../../../src/commands/test-programs.ts';
import { workerEndpoints } from '../../../worker-endpoints.ts';
import { type BackendProcess, spawnBackend, untilReady } from '../backend-process.ts';
import { type Cluster, databaseUrl, ROLES, startCluster } from './postgres-cluster.ts';

type HeldDuty = { readonly name: string; readonly holder: string };

const HELD = 'SELECT name, holder FROM duties WHERE held_until > clock_timestamp() ORDER BY name';

describe.skipIf(!canRunWith(POSTGRES))('the duties of two backends on one database', () => {
  const endpoints = workerEndpoints();
  const started: BackendProcess[] = [];
  let cluster: Cluster;
  let database: string;

  const start = async (name: string): Promise<BackendProcess> => {
    const url = databaseUrl(cluster.folder, database, ROLES.writer);
    const backend = await spawnBackend(endpoints, name, (config) => ({
      ...config,
      ledger: { databaseUrl: url },
    }));
    started.push(backend);
    await untilReady(backend);
    return backend;
  };
  const stop = ({ child, exited }: BackendProcess): Promise<number | null> => {
    child.kill('SIGTERM');
    return exited;
  };
  const held = async () => (await cluster.asSuperuser(database, HELD)) as readonly HeldDuty[];
  const followers = async () =>
    (await held()).filter(({ name }) => name === 'follow_log').map(({ holder }) => holder);

  beforeAll(async () => {
    cluster = await startCluster();
    database = await cluster.createLedger();
  }, 180_000);
  afterAll(async () => {
    await Promise.all(started.map(stop));
    await cluster?.stop();
  });

  it('a backend that stops hands every duty back, and the other one follows the tenant’s log from then on', async () => {
    const first = await start('duties-1');
    await expect
      .poll(async () => (await held()).map(({ name }) => name))
      .toEqual(['expire', 'follow_log', 'revoke']);
    const [firstHolder] = await followers();
    await start('duties-2');

    expect(await stop(first), first.output()).toBe(0);
    const kept = (await held()).filter(({ holder }) => holder === firstHolder);
    expect(kept, first.output()).toEqual([]);
    await expect.poll(async () => (await followers()).length).toBe(1);
    expect(await followers()).not.toContain(firstHolder);
  });
});
