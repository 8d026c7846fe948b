import { beforeAll, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentClient, createAgentClient, signIn } from './agent-client.ts';
import { createWebClient } from './web-client.ts';

const endpoints = workerEndpoints();
const { accounts, tenant } = endpoints;
const shop = endpoints.targetApps.find(({ kind }) => kind === 'express');
const desk = endpoints.targetApps.find(({ kind }) => kind === 'spa');
if (!shop || !desk) {
  throw new Error('The sandbox lacks an app.');
}
const [organizationId = ''] = accounts.customer.organizations;

let agent: AgentClient;
beforeAll(async () => {
  agent = createAgentClient(endpoints, await signIn(endpoints, accounts.agent));
});

/** Launches as the demo customer and gives the token. */
const mint = async (place: { targetAppId: string; organizationId?: string }): Promise<string> => {
  const { status, body } = await agent.launch({ customerId: accounts.customer.id, ...place });
  expect([status, body.sessionTransferToken]).toEqual([201, expect.stringMatching(/\S{20,}/)]);
  return body.sessionTransferToken;
};

/** Opens Shop with this token in a browser of its own; gives the page. */
const openShop = async (token: string): Promise<string> => {
  const url = new URL(shop.loginUrl);
  url.searchParams.set('session_transfer_token', token);
  return (await createWebClient().open(url)).text;
};

/** Redeems a token for Desk in the customer's organization; gives what the tenant sends back to Desk. */
const redeemAtDesk = async (token: string) => {
  const authorize = new URL('/authorize', tenant.customers);
  authorize.search = new URLSearchParams({
    client_id: desk.id,
    response_type: 'code',
    redirect_uri: new URL('/callback', desk.home).href,
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    state: 's',
    organization: organizationId,
    session_transfer_token: token,
  }).toString();
  const isDesk = (url: URL) => url.origin === new URL(desk.home).origin;
  const { location, text } = await createWebClient().open(authorize, {}, isDesk);
  if (!location) {
    throw new Error(`The tenant did not send the browser back: ${text.slice(-500)}`);
  }
  return {
    code: location.searchParams.get('code'),
    reason: location.searchParams.get('error_description'),
  };
};

it('a session transfer token works once', async () => {
  const token = await mint({ targetAppId: shop.id });
  expect(await openShop(token)).toContain(accounts.customer.name);
  expect(await openShop(token)).not.toContain(accounts.customer.name);
});

it('a session transfer token works in the app that was asked for and in no other', async () => {
  const forDesk = await mint({ targetAppId: desk.id, organizationId });
  expect(await redeemAtDesk(forDesk)).toEqual({
    code: expect.stringMatching(/\S{20,}/),
    reason: null,
  });
  const forShop = await mint({ targetAppId: shop.id });
  // It is for no organization, which would be refused as well, in other words.
  expect(await redeemAtDesk(forShop)).toEqual({
    code: null,
    reason: 'This launch is for another app.',
  });
});
