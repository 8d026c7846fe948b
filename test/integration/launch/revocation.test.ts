import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type BackendProcess, spawnBackend, untilReady } from '../backend/backend-process.ts';
import { type AgentClient, createAgentClient, signIn } from './agent-client.ts';
import { createTenantLevers } from './tenant-levers.ts';
import { createWebClient } from './web-client.ts';

const endpoints = workerEndpoints();
const { accounts } = endpoints;
const shop = endpoints.targetApps.find(({ kind }) => kind === 'express');
if (!shop) {
  throw new Error('The sandbox lacks an app.');
}

/** A launch that landed, and the browser that it signed in. */
type Landed = { readonly id: string; readonly browser: ReturnType<typeof createWebClient> };

let backend: BackendProcess | undefined;
const start = async (): Promise<string> => {
  backend = await spawnBackend(endpoints, 'revocation');
  await untilReady(backend);
  return backend.origin;
};
const stop = async (): Promise<void> => {
  backend?.child.kill('SIGTERM');
  await backend?.exited;
  backend = undefined;
};

const findCustomerId = async ({ get }: AgentClient, name: string): Promise<string> =>
  (await get(`/v1/customers?q=${encodeURIComponent(name)}`)).body.customers[0].id;

/** Launches and lands in the app, and reports it as the extension does. */
const land = async (client: AgentClient, customerId: string): Promise<Landed> => {
  const { body } = await client.launch({ customerId, targetAppId: shop.id });
  const url = new URL(body.loginUrl);
  url.searchParams.set('session_transfer_token', body.sessionTransferToken);
  const occurredAt = new Date().toISOString();
  await client.post(`/v1/launches/${body.id}/events`, { type: 'opened', occurredAt });
  const browser = createWebClient();
  const page = await browser.open(url);
  expect(page.url.origin).toBe(new URL(shop.home).origin);
  const expectConfirmed = async (): Promise<void> => {
    const { body: found } = await client.get(`/v1/launches/${body.id}`);
    expect(found).toMatchObject({ state: 'confirmed' });
  };
  await vi.waitFor(expectConfirmed, { timeout: 30_000 });
  return { id: String(body.id), browser };
};

/** Whether the tenant still signs this browser on without asking. */
const isSignedOn = async ({ browser }: Landed): Promise<boolean> => {
  const page = await browser.open(shop.loginUrl);
  return page.url.origin === new URL(shop.home).origin;
};

describe('a sweep of open launches', () => {
  let supervisor: AgentClient;
  let ofBlocked: Landed;
  let asProtected: Landed;
  let other: Landed;
  let restoreRights = async (): Promise<void> => undefined;

  // Whoever lost the right to a launch while no backend ran is found by the first sweep of the next one.
  beforeAll(async () => {
    const [levers, agentTokens, supervisorTokens] = await Promise.all([
      createTenantLevers(endpoints),
      signIn(endpoints, accounts.agent),
      signIn(endpoints, accounts.supervisor),
    ]);
    const before = { backend: await start() };
    const agent = createAgentClient(before, agentTokens);
    supervisor = createAgentClient(before, supervisorTokens);
    const agentId = (await agent.get('/v1/me')).body.agent.sub;
    const protectedId = await findCustomerId(supervisor, 'siobhán');
    ofBlocked = await land(agent, accounts.customer.id);
    asProtected = await land(supervisor, protectedId);
    other = await land(supervisor, await findCustomerId(supervisor, 'isla macleod'));
    await stop();

    const change = (userId: string, changes: object): Promise<unknown> =>
      levers.call('PATCH', `/users/${encodeURIComponent(userId)}`, changes);
    restoreRights = async () => {
      await change(agentId, { blocked: false });
      await change(protectedId, { app_metadata: { understudy_protected: null } });
    };
    await change(agentId, { blocked: true });
    await change(protectedId, { app_metadata: { understudy_protected: true } });
    supervisor = createAgentClient({ backend: await start() }, supervisorTokens);
  }, 180_000);
  afterAll(async () => {
    await stop();
    await restoreRights();
  });

  const launchOf = async ({ id }: Landed) => (await supervisor.get(`/v1/launches/${id}`)).body;
  const expectRevoked = async (landed: Landed): Promise<void> => {
    await expect
      .poll(() => launchOf(landed))
      .toMatchObject({ state: 'ended', cause: 'revoked', tenantSession: 'gone' });
    expect(await isSignedOn(landed)).toBe(false);
  };

  it('a sweep ends the session of an agent who was blocked', () => expectRevoked(ofBlocked));

  it('a sweep ends the session as a customer who became protected', () =>
    expectRevoked(asProtected));

  it('a sweep ends no session to which nobody lost the right', async () => {
    // Said once it has looked at every launch.
    await expect.poll(() => backend?.output()).toContain('"event":"launches_revoked","count":2}');
    expect(await launchOf(other)).toMatchObject({ state: 'confirmed' });
    expect(await isSignedOn(other)).toBe(true);
  });
});
