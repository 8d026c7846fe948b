import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FixtureSandbox, startFixtureSandbox } from './fixture-sandbox.ts';

let sandbox: FixtureSandbox;

beforeAll(async () => {
  sandbox = await startFixtureSandbox();
});

afterAll(() => sandbox.close());

/** Opens `/authorize` with a token that is bound to 127.0.0.1, from an address of this machine. */
const redeemFrom = (localAddress: string): Promise<string> => {
  const { tenant, clients, seeded, origins } = sandbox;
  tenant.context.memory.sessionTransferTokens.set('token', {
    userId: seeded.demoCustomer.user_id,
    connection: 'customers',
    actor: { sub: seeded.staff.agent.user_id },
    ip: '127.0.0.1',
    origin: origins.agents,
    clientId: clients.requesting.client_id,
    scope: '',
    userAgent: '',
    expiresAt: Date.now() + 60_000,
    used: false,
  });
  const url = new URL('/authorize', origins.customers);
  for (const [name, value] of Object.entries({
    response_type: 'code',
    client_id: clients.shop.client_id,
    redirect_uri: clients.shop.callbacks[0] ?? '',
    scope: 'openid',
    session_transfer_token: 'token',
  })) {
    url.searchParams.set(name, value);
  }
  return new Promise((resolve, reject) => {
    // A forwarding header must not help: the tenant takes the socket's address.
    const headers = { 'x-forwarded-for': '127.0.0.1', 'auth0-forwarded-for': '127.0.0.1' };
    request(url, { localAddress, headers }, (response) => {
      response.resume();
      const { location = 'no redirect' } = response.headers;
      resolve(`${response.statusCode} ${location.replace(/\?code=.*/, '?code')}`);
    })
      .once('error', reject)
      .end();
  });
};

test('the address at the other end of the socket is what a delegation is bound to', async () => {
  expect(await redeemFrom('127.0.0.2')).toBe('400 no redirect');
  expect(await redeemFrom('127.0.0.1')).toBe(`302 ${sandbox.origins.shop}/callback?code`);
});
