import { describe, expect, test } from 'vitest';
import { claimsOf, post } from './fixture-browser.ts';
import { logTypesOf, signInAgent } from './fixture-delegation.ts';
import { AGENTS_ORIGIN, CUSTOMERS_ORIGIN, sam } from './fixture-seed.ts';
import { fixtureTenant } from './fixture-tenant.ts';
import { refresh, sessionTransfer } from './refresh-request.ts';

describe('a refresh token', () => {
  test('rotates, and the fresh ID token has the roles again', async () => {
    const tenant = fixtureTenant();
    const first = await signInAgent(tenant);
    tenant.wait(100);
    const { body } = await refresh(tenant, first['refresh_token']);
    expect(body['refresh_token']).not.toBe(first['refresh_token']);
    expect(claimsOf(body['id_token'])).toMatchObject({
      sub: sam.user_id,
      iat: tenant.now() / 1000,
      'https://sandbox.example/roles': ['Support Agent'],
    });
    expect(logTypesOf(tenant).at(-1)).toBe('sertft');
  });

  test('used twice ends the whole family', async () => {
    const tenant = fixtureTenant();
    const first = await signInAgent(tenant);
    const second = await refresh(tenant, first['refresh_token']);
    expect((await refresh(tenant, first['refresh_token'])).body['error']).toBe('invalid_grant');
    const heir = await refresh(tenant, second.body['refresh_token']);
    expect(heir.body['error']).toBe('invalid_grant');
    expect(logTypesOf(tenant).at(-1)).toBe('fertft');
  });

  test('of another client, at another domain, or made up is refused', async () => {
    const tenant = fixtureTenant();
    const { refresh_token } = await signInAgent(tenant);
    expect((await refresh(tenant, 'made-up')).status).toBe(403);
    const other = await refresh(tenant, refresh_token, {
      client_id: 'shop',
      client_secret: 'secret-of-shop',
    });
    expect(other.body['error']).toBe('invalid_grant');
    const elsewhere = await post(tenant, `${CUSTOMERS_ORIGIN}/oauth/token`, {
      grant_type: 'refresh_token',
      client_id: 'extension',
      refresh_token: String(refresh_token),
    });
    expect(elsewhere.body['error']).toBe('invalid_grant');
  });

  test('that was revoked is refused', async () => {
    const tenant = fixtureTenant();
    const { refresh_token } = await signInAgent(tenant);
    const revoked = await post(tenant, `${AGENTS_ORIGIN}/oauth/revoke`, {
      client_id: 'extension',
      token: String(refresh_token),
    });
    expect(revoked.status).toBe(200);
    expect((await refresh(tenant, refresh_token)).body['error']).toBe('invalid_grant');
  });

  test('cannot be revoked by another client', async () => {
    const tenant = fixtureTenant();
    const { refresh_token } = await signInAgent(tenant);
    await post(tenant, `${AGENTS_ORIGIN}/oauth/revoke`, {
      client_id: 'desk',
      token: String(refresh_token),
    });
    expect((await refresh(tenant, refresh_token)).status).toBe(200);
  });

  test('of a blocked user is refused', async () => {
    const tenant = fixtureTenant();
    const { refresh_token } = await signInAgent(tenant);
    Object.assign(tenant.context.directory.users.get(sam.user_id) ?? {}, { blocked: true });
    expect((await refresh(tenant, refresh_token)).body['error']).toBe('invalid_grant');
  });

  test('cannot ask for an audience that was not granted', async () => {
    const tenant = fixtureTenant();
    const { refresh_token } = await signInAgent(tenant);
    const { body } = await refresh(tenant, refresh_token, { audience: 'https://other.example' });
    expect(body['error']).toBe('invalid_request');
  });
});

test('a public client’s forwarded address is not believed, whatever its settings say', async () => {
  const tenant = fixtureTenant({
    change: (seed) => {
      Object.assign(seed.clients.find((client) => client.client_id === 'extension') ?? {}, {
        is_token_endpoint_ip_header_trusted: true,
      });
    },
  });
  const { refresh_token } = await signInAgent(tenant);
  await post(
    tenant,
    `${AGENTS_ORIGIN}/oauth/token`,
    {
      grant_type: 'refresh_token',
      client_id: 'extension',
      refresh_token: String(refresh_token),
      ...sessionTransfer,
    },
    { 'auth0-forwarded-for': '198.51.100.200' },
  );
  expect(tenant.context.log.entries.at(-1)).toMatchObject({ type: 'sertft', ip: '203.0.113.1' });
  const tokens = [...tenant.context.memory.sessionTransferTokens.values()];
  expect(tokens.map(({ ip }) => ip)).toEqual(['203.0.113.1']);
});
