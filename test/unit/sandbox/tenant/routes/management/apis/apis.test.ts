import { describe, expect, test } from 'vitest';
import { claimsOf, post } from '../../../fixture-browser.ts';
import { signInAgent } from '../../../fixture-delegation.ts';
import { fixtureManagement } from '../../../fixture-management.ts';
import { AGENTS_ORIGIN, API, CANONICAL_ORIGIN, sam } from '../../../fixture-seed.ts';
import { fixtureTenant } from '../../../fixture-tenant.ts';

const OURS = `/resource-servers/${encodeURIComponent(API)}`;

describe('a change of an API is in force at the next sign-in:', () => {
  test('a scope that is gone is not granted', async () => {
    const tenant = fixtureTenant();
    const scopes = [{ value: 'read:customers' }];
    expect((await fixtureManagement(tenant)('PATCH', OURS, { scopes })).body).toMatchObject({
      scopes,
    });
    const { scope } = await signInAgent(tenant);
    expect(scope).toBe('openid profile email offline_access');
  });

  test('permissions are in the access token only with role-based access and a dialect for them', async () => {
    for (const [settings, has] of [
      [{ token_dialect: 'access_token_authz' }, true],
      [{ token_dialect: 'access_token' }, false],
      [{ enforce_policies: false, token_dialect: 'access_token_authz' }, false],
    ] as const) {
      const tenant = fixtureTenant();
      await fixtureManagement(tenant)('PATCH', OURS, settings);
      const { access_token } = await signInAgent(tenant);
      expect(Object.hasOwn(claimsOf(access_token), 'permissions')).toBe(has);
    }
  });

  test('without offline access there is no refresh token', async () => {
    const tenant = fixtureTenant();
    expect(await signInAgent(tenant)).toHaveProperty('refresh_token');
    await fixtureManagement(tenant)('PATCH', OURS, { allow_offline_access: false });
    expect(await signInAgent(tenant)).not.toHaveProperty('refresh_token');
  });
});

test('an API that is made has Auth0’s defaults, once', async () => {
  const call = fixtureManagement(fixtureTenant());
  const made = await call('POST', '/resource-servers', { identifier: 'urn:new', name: 'New' });
  expect(made).toMatchObject({
    status: 201,
    body: { identifier: 'urn:new', allow_offline_access: false, enforce_policies: false },
  });
  expect((await call('POST', '/resource-servers', { identifier: 'urn:new' })).status).toBe(409);
  expect((await call('DELETE', `/resource-servers/${made.body['id']}`)).status).toBe(204);
  expect((await call('GET', '/resource-servers/urn:new')).status).toBe(404);
});

describe('a client grant', () => {
  const worker = { client_id: 'backend', audience: API, scope: ['read:ledger'] };

  test('lets a client have a token with its scopes, until it is deleted', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    await call('PATCH', '/clients/backend', { grant_types: ['client_credentials'] });
    const ask = () =>
      post(tenant, `${AGENTS_ORIGIN}/oauth/token`, {
        grant_type: 'client_credentials',
        client_id: 'backend',
        client_secret: 'secret-of-backend',
        audience: API,
      });
    expect((await ask()).status).toBe(403);
    const { body } = await call('POST', '/client-grants', worker);
    expect((await ask()).body['scope']).toBe('read:ledger');
    expect((await call('DELETE', `/client-grants/${body['id']}`)).status).toBe(204);
    expect((await ask()).status).toBe(403);
  });

  test.each<[string, object, number]>([
    ['an unknown client', { client_id: 'nobody' }, 404],
    ['an unknown API', { audience: 'urn:nothing' }, 404],
    ['an unknown field', { color: 'red' }, 400],
    ['one that exists', { client_id: 'machine', audience: `${CANONICAL_ORIGIN}/api/v2/` }, 409],
  ])('is not made for %s', async (_, change, status) => {
    const call = fixtureManagement(fixtureTenant());
    expect((await call('POST', '/client-grants', { ...worker, ...change })).status).toBe(status);
  });
});

describe('a role', () => {
  test('that is made, permitted something and assigned is in force', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    const { body } = await call('POST', '/roles', { name: 'Auditor' });
    const path = `/roles/${body['id']}`;
    const permissions = [{ resource_server_identifier: API, permission_name: 'read:ledger' }];
    expect((await call('POST', `${path}/permissions`, { permissions })).status).toBe(201);
    expect((await call('POST', `${path}/users`, { users: [sam.user_id] })).status).toBe(200);
    expect(claimsOf((await signInAgent(tenant))['access_token'])['permissions']).toContain(
      'read:ledger',
    );
    const ofSam = `/users/${encodeURIComponent(sam.user_id)}/permissions`;
    const granted = expect.objectContaining(permissions[0]);
    expect((await call('GET', ofSam)).body).toContainEqual(granted);
    expect((await call('DELETE', `${path}/permissions`, { permissions })).status).toBe(204);
    expect((await call('GET', ofSam)).body).not.toContainEqual(granted);
    expect(claimsOf((await signInAgent(tenant))['access_token'])['permissions']).not.toContain(
      'read:ledger',
    );
  });

  test('is not permitted what its API does not have', async () => {
    const call = fixtureManagement(fixtureTenant());
    const permissions = [{ resource_server_identifier: API, permission_name: 'fly' }];
    expect((await call('POST', '/roles/rol_agent/permissions', { permissions })).status).toBe(400);
  });

  test('has a name of its own', async () => {
    const call = fixtureManagement(fixtureTenant());
    expect((await call('POST', '/roles', { name: 'Support Agent' })).status).toBe(409);
  });
});

describe('a connection', () => {
  test('in whose payload clients are left out loses them', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    await call('PATCH', '/connections/con_customers', { enabled_clients: ['shop'] });
    expect((await call('GET', '/connections/con_customers/clients')).body).toEqual({
      clients: [{ client_id: 'shop' }],
    });
  });

  test('is changed client by client without touching the others', async () => {
    const call = fixtureManagement(fixtureTenant());
    const path = '/connections/con_customers/clients';
    await call('PATCH', path, [{ client_id: 'desk', status: false }]);
    expect((await call('GET', path)).body).toEqual({
      clients: [{ client_id: 'backend' }, { client_id: 'shop' }],
    });
  });

  test('shows its options', async () => {
    const call = fixtureManagement(fixtureTenant());
    const options = { import_mode: true };
    await call('PATCH', '/connections/con_customers', { options });
    expect((await call('GET', '/connections/con_customers')).body).toMatchObject({ options });
  });
});

describe('an organization', () => {
  test.each(['enabled_connections', 'connections'])(
    'gets and loses a connection at %s',
    async (endpoint) => {
      const tenant = fixtureTenant();
      const call = fixtureManagement(tenant);
      const path = `/organizations/org_acme/${endpoint}`;
      expect((await call('POST', path, { connection_id: 'con_customers' })).status).toBe(201);
      expect(tenant.context.directory.organization('acme')?.connections).toEqual([
        'acme-sso',
        'customers',
      ]);
      expect((await call('DELETE', `${path}/con_customers`)).status).toBe(204);
      expect(tenant.context.directory.organization('acme')?.connections).toEqual(['acme-sso']);
    },
  );

  test('can be renamed', async () => {
    const call = fixtureManagement(fixtureTenant());
    const { body } = await call('PATCH', '/organizations/org_acme', { display_name: 'Acme' });
    expect(body).toMatchObject({ id: 'org_acme', display_name: 'Acme' });
  });
});

test('a refresh token is listed by its id and revoked, and never shown itself', async () => {
  const tenant = fixtureTenant();
  const call = fixtureManagement(tenant);
  const { refresh_token } = await signInAgent(tenant);
  const path = `/users/${encodeURIComponent(sam.user_id)}/refresh-tokens?take=10`;
  const listed = await call('GET', path);
  expect(JSON.stringify(listed)).not.toContain(`"${refresh_token}"`);
  const [token] = listed.body['tokens'] as { id: string; client_id: string }[];
  expect(token?.client_id).toBe('extension');
  expect((await call('DELETE', `/refresh-tokens/${token?.id}`)).status).toBe(202);
  expect((await call('GET', path)).body).toEqual({ tokens: [] });
});

test('the custom domains are the tenant’s, and ready', async () => {
  const { body } = await fixtureManagement(fixtureTenant())('GET', '/custom-domains');
  expect(body).toMatchObject([
    { domain: 'agents.localhost:4000', status: 'ready', is_default: true },
    { domain: 'customers.localhost:4000', status: 'ready', is_default: false },
  ]);
});
