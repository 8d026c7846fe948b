import { afterAll, beforeAll, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentClient, createAgentClient, signIn } from './agent-client.ts';
import { createTenantLevers, type TenantLevers } from './tenant-levers.ts';
import { createWebClient } from './web-client.ts';

const endpoints = workerEndpoints();
const shop = endpoints.targetApps.find(({ kind }) => kind === 'express');
if (!shop) {
  throw new Error('The sandbox lacks an app.');
}

let agent: AgentClient;
let levers: TenantLevers;
beforeAll(async () => {
  agent = createAgentClient(endpoints, await signIn(endpoints, endpoints.accounts.agent));
  levers = await createTenantLevers(endpoints);
});
afterAll(() => levers.reset());

/** Lands a launch for the first customer of this name; gives its id. */
const land = async (name: string): Promise<string> => {
  const { body: found } = await agent.get(`/v1/customers?q=${encodeURIComponent(name)}`);
  const { body } = await agent.launch({
    customerId: found.customers[0].id,
    targetAppId: shop.id,
  });
  const url = new URL(body.loginUrl);
  url.searchParams.set('session_transfer_token', body.sessionTransferToken);
  const page = await createWebClient().open(url);
  expect(page.url.origin).toBe(new URL(shop.home).origin);
  return body.id;
};

const launchOf = async (id: string) => (await agent.get(`/v1/launches/${id}`)).body;

type Action = { id: string; name: string; secrets: { name: string }[] };

/** As where set-up noted that the plan has no session metadata. */
const deployWithoutMetadata = async (): Promise<void> => {
  const { actions } = (await levers.call('GET', '/actions/actions')) as { actions: Action[] };
  const [action] = actions.filter(({ secrets }) =>
    secrets.some(({ name }) => name === 'SESSION_METADATA'),
  );
  if (!action) {
    throw new Error('No Action has the secret SESSION_METADATA.');
  }
  const path = `/actions/actions/${action.id}`;
  const secrets = action.secrets
    .filter(({ name }) => name !== 'SESSION_METADATA')
    .map(({ name }) => ({ name }));
  await levers.call('PATCH', path, { secrets });
  await expect
    .poll(() => levers.call('POST', `${path}/deploy`).then(() => true, String))
    .toBe(true);
};

it('two launches of one customer within a minute are each confirmed by what our Action wrote into the session', async () => {
  const ids = [await land('isla macleod'), await land('isla macleod')];
  await expect
    .poll(async () => (await launchOf(ids[1] ?? '')).confirmedBy)
    .toBe('session_metadata');
});

it('a launch is confirmed by agent, customer, app, address and time where neither log nor session names it', async () => {
  await deployWithoutMetadata();
  const id = await land('siobhán');
  await expect.poll(async () => (await launchOf(id)).confirmedBy).toBe('match');
});
