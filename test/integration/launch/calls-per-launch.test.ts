import { beforeAll, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentClient, createAgentClient, signIn } from './agent-client.ts';

const endpoints = workerEndpoints();
const { customer } = endpoints.accounts;
const appOf = (kind: string) => endpoints.targetApps.find((app) => app.kind === kind)?.id ?? '';

let agent: AgentClient;
beforeAll(async () => {
  agent = createAgentClient(endpoints, await signIn(endpoints, endpoints.accounts.agent));
});

/** How many calls the backend has made to the tenant, by what they were for, as its metrics tell. */
const callsByResource = async (): Promise<ReadonlyMap<string, number>> => {
  const text = await (await fetch(endpoints.metrics)).text();
  const calls = new Map<string, number>();
  for (const [, resource = '', count = '0'] of text.matchAll(
    /^understudy_tenant_call_seconds_count\{resource="([^"]+)"[^}]*\} (\d+)$/gm,
  )) {
    calls.set(resource, (calls.get(resource) ?? 0) + Number(count));
  }
  return calls;
};

/** The calls of one launch, without those that follow the log for all launches together. */
const callsOf = async (body: Record<string, unknown>): Promise<Record<string, number>> => {
  const before = await callsByResource();
  expect((await agent.launch(body)).status).toBe(201);
  const after = await callsByResource();
  return Object.fromEntries(
    [...after]
      .filter(([resource]) => resource !== 'logs' && resource !== 'sessions')
      .map(([resource, count]) => [resource, count - (before.get(resource) ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
};

it('a second launch asks the tenant for what must be fresh, and for nothing else', async () => {
  const launch = {
    customerId: customer.id,
    targetAppId: appOf('spa'),
    organizationId: customer.organizations[0],
  };
  await agent.launch(launch);
  expect(await callsOf(launch)).toEqual({
    // The customer, their roles and their memberships.
    users: 3,
    // Their roles in the launch's organization.
    organizations: 1,
    // The app as it is now; its connections are at most a minute old.
    clients: 1,
    token: 1,
  });
});
