import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type BackendProcess, spawnBackend, untilReady } from '../backend/backend-process.ts';
import { type AgentClient, createAgentClient, signIn, type Tokens } from './agent-client.ts';
import { createTenantLevers, type TenantLevers } from './tenant-levers.ts';
import { createWebClient } from './web-client.ts';

const endpoints = workerEndpoints();
const { accounts } = endpoints;
const shop = endpoints.targetApps.find(({ kind }) => kind === 'express');
if (!shop) {
  throw new Error('The sandbox lacks an app.');
}

let levers: TenantLevers;
let agentTokens: Tokens;
let supervisorTokens: Tokens;
let agentId: string;
beforeAll(async () => {
  [levers, agentTokens, supervisorTokens] = await Promise.all([
    createTenantLevers(endpoints),
    signIn(endpoints, accounts.agent),
    signIn(endpoints, accounts.supervisor),
  ]);
  agentId = (await createAgentClient(endpoints, agentTokens).get('/v1/me')).body.agent.sub;
});

const change = (userId: string, changes: object): Promise<unknown> =>
  levers.call('PATCH', `/users/${encodeURIComponent(userId)}`, changes);

let backend: BackendProcess | undefined;
const start = async () => {
  backend = await spawnBackend(endpoints, 'revocation');
  await untilReady(backend);
  const { origin } = backend;
  const clientOf = (tokens: Tokens) => createAgentClient({ backend: origin }, tokens);
  return { agent: clientOf(agentTokens), supervisor: clientOf(supervisorTokens) };
};
const stop = async (): Promise<void> => {
  backend?.child.kill('SIGTERM');
  await backend?.exited;
  backend = undefined;
};
afterEach(stop);

const findCustomerId = async ({ get }: AgentClient, name: string): Promise<string> =>
  (await get(`/v1/customers?q=${encodeURIComponent(name)}`)).body.customers[0].id;

/** Launches and lands in the app; gives the launch's id and the browser that is signed in. */
const land = async (client: AgentClient, customerId: string) => {
  const { body } = await client.launch({ customerId, targetAppId: shop.id });
  const url = new URL(body.loginUrl);
  url.searchParams.set('session_transfer_token', body.sessionTransferToken);
  const browser = createWebClient();
  const page = await browser.open(url);
  expect(page.url.origin).toBe(new URL(shop.home).origin);
  const isConfirmed = async () => (await client.get(`/v1/launches/${body.id}`)).body.state;
  await expect.poll(isConfirmed).toBe('confirmed');
  return { id: String(body.id), browser };
};

/** Whether the tenant still signs this browser on without asking. */
const isSignedOn = async ({ open }: ReturnType<typeof createWebClient>): Promise<boolean> => {
  const page = await open(shop.loginUrl);
  return page.url.origin === new URL(shop.home).origin;
};

describe('a sweep of open launches', () => {
  it('a sweep ends the session of an agent who was blocked, and no other agent’s', async () => {
    const before = await start();
    const blocked = await land(before.agent, accounts.customer.id);
    const other = await land(
      before.supervisor,
      await findCustomerId(before.supervisor, 'isla macleod'),
    );
    await change(agentId, { blocked: true });
    try {
      await stop();
      const { supervisor } = await start();
      const launchOf = async (id: string) => (await supervisor.get(`/v1/launches/${id}`)).body;
      await expect
        .poll(() => launchOf(blocked.id))
        .toMatchObject({ state: 'ended', cause: 'revoked', tenantSession: 'gone' });
      expect(await launchOf(other.id)).toMatchObject({ state: 'confirmed' });
      expect(await isSignedOn(blocked.browser)).toBe(false);
      expect(await isSignedOn(other.browser)).toBe(true);
    } finally {
      await change(agentId, { blocked: false });
    }
  });

  it('a sweep ends the session as a customer who became protected', async () => {
    const { agent } = await start();
    const customerId = await findCustomerId(agent, 'siobhán');
    const { id, browser } = await land(agent, customerId);
    await change(customerId, { app_metadata: { understudy_protected: true } });
    try {
      await stop();
      const again = await start();
      await expect
        .poll(async () => (await again.agent.get(`/v1/launches/${id}`)).body)
        .toMatchObject({ state: 'ended', cause: 'revoked', tenantSession: 'gone' });
      expect(await isSignedOn(browser)).toBe(false);
    } finally {
      await change(customerId, { app_metadata: { understudy_protected: null } });
    }
  });
});
