import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPostgresLedger } from '../../../../src/backend/adapters/ledger/postgres/postgres-ledger.ts';
import { verifyLedger } from '../../../../src/backend/adapters/ledger/verification/verify-ledger.ts';
import { inRepository } from '../../../../src/commands/repository.ts';
import { canRunWith, POSTGRES } from '../../../../src/commands/test-programs.ts';
import { workerEndpoints } from '../../../worker-endpoints.ts';
import {
  type AgentClient,
  createAgentClient,
  signIn,
  type Tokens,
} from '../../launch/agent-client.ts';
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
const ACTIVE = 30;

const UNDECIDED = ['rate_limited', 'tenant_unavailable', 'ledger_unavailable'];

const RULES = '@id("agents") permit (principal in Role::"Support Agent", action, resource);';
const CHANGED = `${RULES}\n@id("short") forbid (principal, action, resource) when { context.minutes > 60 };`;

/** A backend with a folder of rules of its own. */
type Replica = {
  readonly backend: BackendProcess;
  readonly agent: AgentClient;
  readonly write: (rules: string) => void;
  readonly metric: (name: string) => Promise<number>;
};

describe.skipIf(!canRunWith(POSTGRES))('two backends with rules on one database', () => {
  const endpoints = workerEndpoints();
  const targetAppId = endpoints.targetApps[0]?.id;
  let cluster: Cluster;
  let database: string;
  let replicas: readonly [Replica, Replica];

  const startReplica = async (name: string, tokens: Tokens): Promise<Replica> => {
    const folder = mkdtempSync(join(tmpdir(), `understudy-rules-${name}-`));
    const write = (rules: string): void => writeFileSync(join(folder, 'rules.cedar'), rules);
    const schema = 'understudy.cedarschema';
    copyFileSync(inRepository(`docs/policies/strict-start-up/${schema}`), join(folder, schema));
    write(RULES);
    let metricsPort = 0;
    const backend = await spawnBackend(endpoints, name, (config) => {
      metricsPort = (config['metricsListen'] as { port: number }).port;
      return {
        ...config,
        ledger: { databaseUrl: databaseUrl(cluster.folder, database, ROLES.writer) },
        policy: { ...(config['policy'] as object), folder, limits: { active: ACTIVE } },
      };
    });
    return {
      backend,
      agent: createAgentClient({ ...endpoints, backend: backend.origin }, tokens),
      write,
      metric: async (metric) => {
        const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
        return Number(new RegExp(`^${metric} (\\S+)$`, 'm').exec(text)?.[1]);
      },
    };
  };

  beforeAll(async () => {
    cluster = await startCluster();
    database = await cluster.createLedger();
    const tokens = await signIn(endpoints, endpoints.accounts.agent);
    replicas = [await startReplica('rules-1', tokens), await startReplica('rules-2', tokens)];
    await Promise.all(replicas.map(({ backend }) => untilReady(backend)));
  }, 180_000);
  afterAll(async () => {
    for (const { backend } of replicas ?? []) {
      backend.child.kill('SIGTERM');
    }
    await Promise.all((replicas ?? []).map(({ backend }) => backend.exited));
    await cluster?.stop();
  });

  /** What became of a launch; one that a busy tenant or ledger kept from being decided is asked for again. */
  const launchUntilDecided = async ({ agent }: Replica, customerId: string): Promise<string> => {
    for (;;) {
      const { status, body } = await agent.launch({ id: randomUUID(), customerId, targetAppId });
      const code: string = status === 201 ? 'issued' : body.code;
      if (!UNDECIDED.includes(code)) {
        return code;
      }
    }
  };

  it('two backends on one database never begin more launches than the limit, of 200 that come at once', async () => {
    const customers = await manyCustomers(endpoints);
    expect(customers.length).toBeGreaterThanOrEqual(LAUNCHES);
    const codes = await Promise.all(
      customers.slice(0, LAUNCHES).map((customerId, index) => {
        const [first, second] = replicas;
        return launchUntilDecided(index % 2 === 0 ? first : second, customerId);
      }),
    );
    expect(codes.filter((code) => code === 'issued')).toHaveLength(ACTIVE);
    expect(codes.filter((code) => code === 'limit_reached')).toHaveLength(LAUNCHES - ACTIVE);
    const ledger = await readPostgresLedger(connectionOf(cluster.folder, database, ROLES.reader));
    expect(await verifyLedger(ledger)).toMatchObject({ intact: true });
    await ledger.close();
  });

  const previewBy = async ({ agent }: Replica) =>
    (
      await agent.post('/v1/launches/preview', {
        customerId: endpoints.accounts.customer.id,
        targetAppId,
      })
    ).body;

  it('two backends on one database with different rules: the one that is behind refuses everything and says so', async () => {
    const [behind, ahead] = replicas;
    ahead.write(CHANGED);
    await expect.poll(() => behind.metric('understudy_policy_behind')).toBe(1);
    expect(behind.backend.output()).toContain('"event":"policy_behind"');
    expect(await previewBy(behind)).toMatchObject({ refusal: { code: 'policy_denied' } });
    expect(await previewBy(ahead)).toMatchObject({ grant: { minutes: 60 } });
    const launch = { customerId: endpoints.accounts.customer.id, targetAppId };
    expect((await behind.agent.launch(launch)).body).toMatchObject({ code: 'policy_denied' });
    behind.write(CHANGED);
    await expect.poll(() => behind.metric('understudy_policy_behind')).toBe(0);
    expect(await previewBy(behind)).toMatchObject({ grant: { minutes: 60 } });
  });

  it('two backends on one database: a change that is rejected alarms, and the rules before it stay in force for both', async () => {
    const [first, second] = replicas;
    const { policyHash } = await previewBy(first);
    second.write('forbid (');
    await expect.poll(() => second.metric('understudy_policy_change_rejected')).toBe(1);
    expect(second.backend.output()).toContain('"event":"policy_change_rejected"');
    for (const replica of replicas) {
      expect(await previewBy(replica)).toMatchObject({ policyHash, grant: { minutes: 60 } });
    }
    expect(await first.metric('understudy_policy_change_rejected')).toBe(0);
  });
});
