import { describe, expect, test } from 'vitest';
import { fixtureManagement } from '../../../fixture-management.ts';
import { enzo, nora, pia } from '../../../fixture-seed.ts';
import { fixtureTenant } from '../../../fixture-tenant.ts';

const ACME = '/organizations/org_acme';

describe('the members of an organization', () => {
  test('are listed, by page and by checkpoint', async () => {
    const call = fixtureManagement(fixtureTenant());
    const first = { user_id: enzo.user_id, name: enzo.name, email: enzo.email };
    const second = { user_id: nora.user_id, name: nora.name, email: nora.email };
    expect((await call('GET', `${ACME}/members`)).body).toEqual([first, second]);
    expect((await call('GET', `${ACME}/members?take=1`)).body).toEqual({
      members: [first],
      next: nora.user_id,
    });
    const from = encodeURIComponent(nora.user_id);
    expect((await call('GET', `${ACME}/members?take=1&from=${from}`)).body).toEqual({
      members: [second],
    });
  });

  test('come and go', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    const members = () => tenant.context.directory.organization('org_acme')?.members;
    expect((await call('POST', `${ACME}/members`, { members: [pia.user_id] })).status).toBe(204);
    expect(members()).toEqual([enzo.user_id, nora.user_id, pia.user_id]);
    expect((await call('DELETE', `${ACME}/members`, { members: [nora.user_id] })).status).toBe(204);
    expect(members()).toEqual([enzo.user_id, pia.user_id]);
  });

  test.each([{}, { members: [] }, { members: [1] }, { members: ['x'], others: [] }])(
    'are not changed by %j',
    async (body) => {
      const call = fixtureManagement(fixtureTenant());
      expect((await call('POST', `${ACME}/members`, body)).status).toBe(400);
    },
  );
});

describe('the connections of an organization', () => {
  const path = `${ACME}/enabled_connections`;
  const sso = {
    connection_id: 'con_acme',
    assign_membership_on_login: false,
    is_signup_enabled: false,
    show_as_button: true,
    connection: { name: 'acme-sso', strategy: 'samlp' },
  };

  test('are listed, bare and with totals', async () => {
    const call = fixtureManagement(fixtureTenant());
    expect((await call('GET', path)).body).toEqual([sso]);
    expect((await call('GET', `${path}?include_totals=true`)).body).toEqual({
      start: 0,
      limit: 50,
      length: 1,
      total: 1,
      enabled_connections: [sso],
    });
  });

  test('come and go', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    const added = await call('POST', path, { connection_id: 'con_customers' });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ connection: { name: 'customers' } });
    expect((await call('DELETE', `${path}/con_acme`)).status).toBe(204);
    const { connections } = tenant.context.directory.organization('org_acme') ?? {};
    expect(connections).toEqual(['customers']);
  });

  test.each([{}, { connection_id: 'con_none' }, { connection_id: 'con_acme', color: 'red' }])(
    'are not changed by %j',
    async (body) => {
      const call = fixtureManagement(fixtureTenant());
      expect((await call('POST', path, body)).status).toBe(400);
    },
  );
});

describe('an organization', () => {
  test('can be made and removed', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    const made = await call('POST', '/organizations', { name: 'short-lived' });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'short-lived', display_name: 'short-lived', metadata: {} },
    });
    const path = `/organizations/${String(made.body['id'])}`;
    expect((await call('GET', path)).status).toBe(200);
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('GET', path)).status).toBe(404);
  });

  test.each([
    [{}, 400],
    [{ name: 'Not A Slug' }, 400],
    [{ name: 'acme' }, 409],
  ])('is not made of %j: %s', async (body, status) => {
    expect((await fixtureManagement(fixtureTenant())('POST', '/organizations', body)).status).toBe(
      status,
    );
  });
});

describe('everything about organizations', () => {
  test.each([
    ['GET', ''],
    ['DELETE', ''],
    ['GET', '/members'],
    ['POST', '/members'],
    ['DELETE', '/members'],
    ['GET', '/enabled_connections'],
    ['POST', '/enabled_connections'],
    ['DELETE', '/enabled_connections/con_acme'],
  ])('needs a scope and an organization: %s %s', async (method, path) => {
    const tenant = fixtureTenant();
    const asMachine = fixtureManagement(tenant, 'machine');
    const body = method === 'POST' ? {} : undefined;
    expect((await asMachine(method, `${ACME}${path}`, body)).status).toBe(403);
    const unknown = `/organizations/org_none${path}`;
    expect((await fixtureManagement(tenant)(method, unknown, body)).status).toBe(404);
  });
});
