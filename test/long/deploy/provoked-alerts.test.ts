import '../../../src/sandbox/resolve-localhost.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canRunWith, POSTGRES, PROMTOOL } from '../../../src/commands/test-programs.ts';
import { createLedgerKey } from '../../../src/sandbox/ledger-key.ts';
import { manyCustomers } from '../../integration/backend/ledger/many-customers.ts';
import { type Cluster, startCluster } from '../../integration/backend/ledger/postgres-cluster.ts';
import {
  type AgentClient,
  createAgentClient,
  signIn,
  type Tokens,
} from '../../integration/launch/agent-client.ts';
import { createTenantLevers, type TenantLevers } from '../../integration/launch/tenant-levers.ts';
import { createWebClient } from '../../integration/launch/web-client.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type FaultyTenant, startFaultyTenant } from '../faults/faulty-tenant.ts';
import { type AlertBackend, OPEN_RULES, OTHER_RULES, startAlertBackend } from './alert-backends.ts';
import { RULES_IN_FILE, whatFires, whyNotFiring } from './firing.ts';
import type { Scrape } from './scrape.ts';

/** Numbers that make the faulty tenant answer every exchange, refuse it with 503, and never answer it. */
const ANSWERED = 0;
const REFUSED = 0.8;
const SILENT = 0.765;

describe.skipIf(!canRunWith(PROMTOOL, POSTGRES))('alerts on what running backends emit', () => {
  const endpoints = workerEndpoints();
  const targetAppId = endpoints.targetApps[0]?.id;
  const ledgerKey = JSON.stringify(createLedgerKey());
  let exchanges = ANSWERED;
  let rules = OPEN_RULES;
  let cluster: Cluster;
  let database: string;
  let tenant: FaultyTenant;
  let levers: TenantLevers;
  let tokens: Tokens;
  let customers: readonly string[];
  let backends: { first: AlertBackend; second: AlertBackend };

  const start = (name: string): Promise<AlertBackend> =>
    startAlertBackend(endpoints, {
      name,
      folder: cluster.folder,
      database,
      rules,
      environment: { ...tenant.environment, UNDERSTUDY_LEDGER_KEY: ledgerKey },
    });
  beforeAll(async () => {
    cluster = await startCluster();
    database = await cluster.createLedger();
    tenant = await startFaultyTenant(endpoints, () => exchanges);
    levers = await createTenantLevers(endpoints);
    tokens = await signIn(endpoints, endpoints.accounts.agent);
    customers = await manyCustomers(endpoints);
    backends = { first: await start('alerts-1'), second: await start('alerts-2') };
  });
  afterAll(async () => {
    await levers?.reset();
    for (const { process } of Object.values(backends ?? {})) {
      process.child.kill('SIGKILL');
      await process.exited;
    }
    await tenant?.close();
    await cluster?.stop();
  });

  const agentOf = ({ process }: AlertBackend): AgentClient =>
    createAgentClient({ backend: process.origin }, tokens);
  const agent = (): AgentClient => agentOf(backends.first);
  let taken = 0;
  /** Customers whom nobody was before: two launches of one would take each other's place. */
  const nextCustomers = (count: number): readonly string[] => {
    taken += count;
    return customers.slice(taken - count, taken);
  };
  const launch = (changes: object = {}) => {
    const [customerId] = nextCustomers(1);
    return agent().launch({ customerId, targetAppId, ...changes });
  };
  const report = (id: string, type: 'opened' | 'landed') =>
    agent().post(`/v1/launches/${id}/events`, { type, occurredAt: new Date().toISOString() });

  const scrapeAll = async (): Promise<Scrape> =>
    new Map([...(await backends.first.scrape()), ...(await backends.second.scrape())]);
  /** The sum of a metric over both backends, of the series that have `label`. */
  const sumOf = (scraped: Scrape, metric: string, label = ''): number =>
    [...scraped].reduce(
      (sum, [series, value]) =>
        series.startsWith(`${metric}{`) && series.includes(label) ? sum + value : sum,
      0,
    );
  /** Scrapes until a metric is above a value. */
  const untilAbove = async (value: number, metric: string, label = ''): Promise<Scrape> => {
    let scraped: Scrape = new Map();
    await expect
      .poll(
        async () => {
          scraped = await scrapeAll();
          return sumOf(scraped, metric, label);
        },
        { timeout: 240_000 },
      )
      .toBeGreaterThan(value);
    return scraped;
  };
  const ROWS = 'understudy_ledger_rows_total';

  /** Scrapes before, between and after: a series that begins with its first event rises only at its second. */
  const twice = async (provoke: () => Promise<unknown>): Promise<readonly Scrape[]> => {
    const before = await scrapeAll();
    await provoke();
    const between = await scrapeAll();
    await provoke();
    return [before, between, await scrapeAll()];
  };
  const withExchanges = async (share: number, provoke: () => Promise<unknown>): Promise<void> => {
    exchanges = share;
    try {
      await provoke();
    } finally {
      exchanges = ANSWERED;
    }
  };
  /** The tenant takes one call in two seconds meanwhile. */
  const withLittleRate = async (provoke: () => Promise<unknown>): Promise<void> => {
    await levers.choose({ managementBurst: 1, managementCallsPerSecond: 0.5 });
    try {
      await provoke();
    } finally {
      await levers.reset();
    }
  };
  const killSecond = async (): Promise<void> => {
    backends.second.process.child.kill('SIGKILL');
    await backends.second.process.exited;
  };
  const startSecond = async (): Promise<void> => {
    backends = { ...backends, second: await start('alerts-2') };
  };

  it('nothing fires while agents search, launch, land and end', async () => {
    const before = await scrapeAll();
    const { body: found } = await agent().get('/v1/customers?q=nora');
    expect(found.customers.length).toBeGreaterThan(0);
    const { body, text } = await launch();
    const url = new URL(body.loginUrl ?? text);
    url.searchParams.set('session_transfer_token', body.sessionTransferToken);
    await createWebClient().open(url);
    await untilAbove(0, ROWS, 'launch_confirmed');
    expect(await agent().post(`/v1/launches/${body.id}/end`, {})).toMatchObject({ status: 200 });
    expect(whatFires([before, await scrapeAll()])).toBe('');
  });

  /** What makes each alert fire. The order matters: the last ones damage the ledger. */
  const PROVOCATIONS: Readonly<Record<string, () => Promise<readonly Scrape[]>>> = {
    UnderstudyTenantUnavailable: () =>
      twice(() =>
        withExchanges(REFUSED, () => Promise.all([launch(), launch(), launch(), launch()])),
      ),
    UnderstudyTenantSlow: () =>
      twice(() => withExchanges(SILENT, () => Promise.all([launch(), launch()]))),
    UnderstudyTenantRateUsedUp: () =>
      twice(() =>
        withLittleRate(() =>
          Promise.all(customers.slice(-50).map((id) => agent().get(`/v1/customers/${id}`))),
        ),
      ),
    UnderstudySearchSlow: () =>
      twice(() =>
        withLittleRate(async () => {
          for (const name of ['anna', 'bert', 'cora', 'dora']) {
            await agent().get(`/v1/customers?q=${name}`);
          }
        }),
      ),
    UnderstudyExchangeMisconfigured: () =>
      twice(async () => {
        await levers.call('PATCH', `/clients/${endpoints.clients.requesting.clientId}`, {
          session_transfer: { can_create_session_transfer_token: false },
        });
        const { body } = await launch();
        await levers.reset();
        expect(body).toMatchObject({ code: 'exchange_refused' });
      }),
    UnderstudyIdentityMismatch: () =>
      twice(async () => {
        const { idToken: actorToken } = await signIn(endpoints, endpoints.accounts.supervisor);
        expect((await launch({ actorToken })).body).toMatchObject({ code: 'actor_mismatch' });
      }),
    UnderstudyLaunchesUnconfirmed: async () => {
      const before = await scrapeAll();
      const { body } = await launch();
      // As an extension says it that was deceived: nobody signed in with the token.
      expect(await report(body.id, 'opened')).toMatchObject({ status: 200 });
      expect(await report(body.id, 'landed')).toMatchObject({ status: 200 });
      return [
        before,
        await untilAbove(sumOf(before, ROWS, 'launch_unconfirmed'), ROWS, 'launch_unconfirmed'),
      ];
    },
    UnderstudyPolicyBehind: async () => {
      const before = await scrapeAll();
      backends.first.writeRules(OTHER_RULES);
      const after = await untilAbove(0, 'understudy_policy_behind');
      backends.second.writeRules(OTHER_RULES);
      rules = OTHER_RULES;
      return [before, after];
    },
    UnderstudyPolicyChangeRejected: async () => {
      const before = await scrapeAll();
      backends.second.writeRules('forbid (');
      const after = await untilAbove(0, 'understudy_policy_change_rejected');
      backends.second.writeRules(OTHER_RULES);
      return [before, after];
    },
    UnderstudyManyCustomersRead: async () => {
      const before = await scrapeAll();
      for (let list = 0; list < 9; list += 1) {
        const ids = nextCustomers(20).map(encodeURIComponent).join(',');
        expect(await agent().get(`/v1/customers?ids=${ids}`)).toMatchObject({ status: 200 });
      }
      return [before, await untilAbove(0.8, 'understudy_read_limit_used_ratio')];
    },
    UnderstudyDown: async () => {
      const before = await scrapeAll();
      await killSecond();
      const after = await scrapeAll();
      await startSecond();
      return [before, after];
    },
    UnderstudyLaunchesInterrupted: async () => {
      const before = await scrapeAll();
      const begun = tenant.exchanges.length;
      await withExchanges(SILENT, async () => {
        const [customerId] = nextCustomers(1);
        const cut = agentOf(backends.second)
          .launch({ customerId, targetAppId })
          .catch(() => undefined);
        await expect.poll(() => tenant.exchanges.length).toBeGreaterThan(begun);
        await killSecond();
        await cut;
      });
      await startSecond();
      return [before, await untilAbove(0, ROWS, 'launch_interrupted')];
    },
    UnderstudyLedgerUnavailable: () =>
      twice(async () => {
        await cluster.asSuperuser(database, 'ALTER FUNCTION claim_launch RENAME TO away');
        const { body } = await launch();
        await cluster.asSuperuser(database, 'ALTER FUNCTION away RENAME TO claim_launch');
        expect(body).toMatchObject({ code: 'ledger_unavailable' });
      }),
    UnderstudyFaults: async () => {
      const { body } = await launch();
      const damage = `UPDATE launches SET state = 'damaged' WHERE id = '${body.id}'`;
      await cluster.asSuperuser(database, damage);
      return twice(async () => {
        const { body: problem } = await agent().get(`/v1/launches/${body.id}`);
        expect(problem).toMatchObject({ code: 'internal' });
      });
    },
    UnderstudyLedgerConflict: async () => {
      const before = await scrapeAll();
      const auditor = createAgentClient(
        { backend: backends.first.process.origin },
        await signIn(endpoints, endpoints.accounts.supervisor),
      );
      await launch();
      // The backend signs what it has whenever somebody asks for a checkpoint.
      await expect
        .poll(async () => (await auditor.get('/v1/ledger/checkpoint')).status, { timeout: 240_000 })
        .toBe(200);
      await cluster.asSuperuser(
        database,
        `SET session_replication_role = replica;
         ALTER TABLE ledger DISABLE TRIGGER USER;
         DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)`,
      );
      await launch();
      await auditor.get('/v1/ledger/checkpoint');
      return [before, await untilAbove(0, 'understudy_ledger_conflict')];
    },
  };

  it.each(RULES_IN_FILE)('$alert is provoked by something', ({ alert }) => {
    expect(Object.keys(PROVOCATIONS)).toContain(alert);
  });

  it.each(Object.entries(PROVOCATIONS))('%s fires when it is provoked', async (alert, provoke) => {
    expect(whyNotFiring(alert, await provoke())).toBe('');
  });
});
