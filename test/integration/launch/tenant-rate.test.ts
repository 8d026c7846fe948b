import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type BackendProcess, spawnBackend, untilReady } from '../backend/backend-process.ts';
import { type AgentClient, createAgentClient, signIn } from './agent-client.ts';
import { createTenantLevers, type TenantLevers } from './tenant-levers.ts';
import { createWebClient } from './web-client.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps } = endpoints;

let backend: BackendProcess;
let agent: AgentClient;
let levers: TenantLevers;
beforeAll(async () => {
  // Configured for far more calls than the tenant takes: only its headers tell.
  backend = await spawnBackend(endpoints, 'tenant-rate');
  levers = await createTenantLevers(endpoints);
  const tokens = await signIn(endpoints, accounts.agent);
  await untilReady(backend);
  agent = createAgentClient({ backend: backend.origin }, tokens);
});
afterAll(async () => {
  await levers.reset();
  backend.child.kill('SIGTERM');
  await backend.exited;
});

const search = async (term: string): Promise<number> =>
  (await agent.get(`/v1/customers?q=${term}`)).status;

/** How many calls the tenant refused for its rate, as the backend's metrics count them. */
const refusedCalls = async (): Promise<number> => {
  const [, origin = ''] = /"name":"metrics".*?"port":(\d+)/.exec(backend.output()) ?? [];
  const text = await (await fetch(`http://127.0.0.1:${origin}/metrics`)).text();
  const counts = text.matchAll(/^understudy_tenant_call_seconds_count\{[^}]*"429"[^}]*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count = '0']) => sum + Number(count), 0);
};

describe('a backend whose tenant says how many calls are left', () => {
  it('a backend waits before the tenant refuses, and every search is answered', async () => {
    await levers.choose({ managementBurst: 10, managementCallsPerSecond: 5 });
    const terms =
      'anna bert cora dora emil fred gina hugo ivan jane kurt lena mona nils olga'.split(' ');
    const statuses: number[] = [];
    for (const term of terms) {
      statuses.push(await search(term));
    }
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    expect(await refusedCalls()).toBe(0);
  });

  it('a backend ends a session at once while searches wait for the tenant', async () => {
    await levers.choose({ managementBurst: 10_000, managementCallsPerSecond: 10_000 });
    const { body } = await agent.launch({
      customerId: accounts.customer.id,
      targetAppId: targetApps[0]?.id,
    });
    const login = new URL(body.loginUrl);
    login.searchParams.set('session_transfer_token', body.sessionTransferToken);
    await createWebClient().open(login);
    await levers.choose({ managementBurst: 20, managementCallsPerSecond: 4 });
    let isAnswered = true;
    let waiting: Promise<number> | undefined;
    for (let term = 0; isAnswered; term += 1) {
      isAnswered = false;
      waiting = search(`term ${term}`).finally(() => {
        isAnswered = true;
      });
      await Promise.race([waiting, delay(1_000)]);
    }
    const end = await agent.post(`/v1/launches/${body.id}/end`, {});
    expect(end.body).toMatchObject({ tenantSession: 'gone' });
    expect(isAnswered).toBe(false);
    await waiting;
  });
});
