import { expect, test } from 'vitest';
import { claimsOf, fixtureBrowser, locationOf } from './fixture-browser.ts';
import { appTokens, exchange, mint, redemption, signInAgent } from './fixture-delegation.ts';
import { API, CUSTOMERS_ORIGIN, nora, sam } from './fixture-seed.ts';
import { fixtureTenant } from './fixture-tenant.ts';

test('an agent signs in and gets an access token with permissions and an ID token with roles', async () => {
  const tenant = fixtureTenant();
  const tokens = await signInAgent(tenant);
  expect(claimsOf(tokens['access_token'])).toMatchObject({
    iss: 'http://agents.localhost:4000/',
    sub: sam.user_id,
    aud: [API, 'http://agents.localhost:4000/userinfo'],
    azp: 'extension',
    scope: 'openid profile email offline_access impersonate:customers',
    permissions: ['impersonate:customers', 'read:customers'],
  });
  expect(claimsOf(tokens['id_token'])).toMatchObject({
    iss: 'http://agents.localhost:4000/',
    sub: sam.user_id,
    aud: 'extension',
    nonce: 'no',
    name: 'Sam Rivera',
    email: 'sam@staff.example',
    email_verified: true,
    'https://sandbox.example/roles': ['Support Agent'],
  });
});

test('a session transfer token comes back in the documented shape', async () => {
  const tenant = fixtureTenant();
  const { id_token } = await signInAgent(tenant);
  const answer = await exchange(tenant, id_token);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    access_token: expect.stringMatching(/^random-\d+$/),
    issued_token_type: 'urn:auth0:params:oauth:token-type:session_transfer_token',
    token_type: 'N_A',
    expires_in: 60,
  });
});

test('redeeming it signs the browser in as the customer with the agent in act', async () => {
  const tenant = fixtureTenant();
  const browser = fixtureBrowser(tenant);
  const token = await mint(tenant);
  const back = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', token)));
  expect(back.origin + back.pathname).toBe('http://shop.localhost:5000/callback');
  expect(back.searchParams.get('state')).toBe('app-state');
  const { body } = await appTokens(tenant, 'shop', back.searchParams.get('code'));
  expect(body['refresh_token']).toBeUndefined();
  expect(claimsOf(body['id_token'])).toMatchObject({
    iss: 'http://customers.localhost:4000/',
    sub: nora.user_id,
    aud: 'shop',
    nonce: 'app-nonce',
    name: 'Nora Lindqvist',
    act: { sub: sam.user_id, app: 'shop' },
    'https://sandbox.example/seen': {
      protocol: 'oidc-basic-profile',
      actor: { sub: sam.user_id, app: 'shop' },
      stt: 'backend',
    },
  });
});

test('a delegated session lives two hours, in cookies without an age', async () => {
  const tenant = fixtureTenant();
  const browser = fixtureBrowser(tenant);
  const token = await mint(tenant);
  const url = new URL('/authorize', CUSTOMERS_ORIGIN);
  for (const [name, value] of Object.entries(redemption('shop', token))) {
    url.searchParams.set(name, value ?? '');
  }
  const response = await browser.send(url, {});
  const cookies = response.headers.getSetCookie().filter((line) => line.startsWith('auth0'));
  expect(cookies).toHaveLength(2);
  expect(cookies.join()).not.toMatch(/Max-Age|Expires/);
  const { body } = await appTokens(tenant, 'shop', locationOf(response).searchParams.get('code'));
  expect(body['expires_in']).toBe(7200);
  const silent = { ...redemption('shop', undefined), prompt: 'none' };
  tenant.wait(7199);
  const before = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, silent));
  expect(before.searchParams.has('code')).toBe(true);
  tenant.wait(1);
  const after = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, silent));
  expect(after.searchParams.get('error')).toBe('login_required');
});

test('organization and actor are in both tokens of an app that requires an organization', async () => {
  const tenant = fixtureTenant({
    change: (seed) => {
      seed.resourceServers.push({
        identifier: 'https://orders.example',
        name: 'Orders',
        scopes: [],
        token_lifetime: 86_400,
        allow_offline_access: true,
        enforce_policies: false,
      });
    },
  });
  const browser = fixtureBrowser(tenant);
  const token = await mint(tenant);
  const back = locationOf(
    await browser.authorize(
      CUSTOMERS_ORIGIN,
      redemption('desk', token, { audience: 'https://orders.example' }),
    ),
  );
  const { body } = await appTokens(tenant, 'desk', back.searchParams.get('code'));
  for (const each of [body['id_token'], body['access_token']]) {
    expect(claimsOf(each)).toMatchObject({
      sub: nora.user_id,
      org_id: 'org_nordwind',
      act: { sub: sam.user_id, app: 'shop' },
    });
  }
  const access = claimsOf(body['access_token']);
  expect(Number(access['exp']) - Number(access['iat'])).toBe(7200);
});

test('the log of a delegated login names the actor’s sub, the customer and the session', async () => {
  const tenant = fixtureTenant();
  const browser = fixtureBrowser(tenant);
  const token = await mint(tenant);
  const back = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', token)));
  const { body } = await appTokens(tenant, 'shop', back.searchParams.get('code'));
  const entries = tenant.context.log.entries;
  expect(entries.map((entry) => entry.type)).toEqual(['s', 'seacft', 'secte', 'sdel', 'sdeleacft']);
  expect(entries[3]).toMatchObject({
    type: 'sdel',
    client_id: 'shop',
    user_id: nora.user_id,
    ip: '198.51.100.7',
    details: {
      actor: { sub: sam.user_id },
      session_id: claimsOf(body['id_token'])['sid'],
    },
  });
  expect(JSON.stringify(entries)).not.toContain(token);
});
