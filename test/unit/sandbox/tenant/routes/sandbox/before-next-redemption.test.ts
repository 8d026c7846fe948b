import { describe, expect, test } from 'vitest';
import { fixtureBrowser, locationOf } from '../../fixture-browser.ts';
import { mint, redemption } from '../../fixture-delegation.ts';
import { fixtureManagement } from '../../fixture-management.ts';
import { CUSTOMERS_ORIGIN, nora } from '../../fixture-seed.ts';
import { type FixtureTenant, fixtureTenant } from '../../fixture-tenant.ts';

const PATH = '/sandbox/before-next-redemption';
const blockNora = {
  method: 'PATCH',
  path: `/api/v2/users/${encodeURIComponent(nora.user_id)}`,
  body: { blocked: true },
};

const redeemNext = async (tenant: FixtureTenant): Promise<URL> =>
  locationOf(
    await fixtureBrowser(tenant).authorize(
      CUSTOMERS_ORIGIN,
      redemption('shop', await mint(tenant)),
    ),
  );

describe('calls that were put off', () => {
  test('happen after the exchange and before the redemption', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    const put = await call('PUT', PATH, [blockNora]);
    expect(put).toEqual({ status: 200, body: { pending: [blockNora], done: [] } });
    expect(tenant.context.directory.users.get(nora.user_id)?.blocked).toBeUndefined();
    const back = await redeemNext(tenant);
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect((await call('GET', PATH)).body).toEqual({
      pending: [],
      done: [{ method: 'PATCH', path: blockNora.path, status: 200 }],
    });
  });

  test('happen once', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    await call('PUT', PATH, [blockNora]);
    await redeemNext(tenant);
    await call('PATCH', blockNora.path.replace('/api/v2', ''), { blocked: false });
    expect((await redeemNext(tenant)).searchParams.has('code')).toBe(true);
  });

  test('wait for a redemption, not for any visit', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    await call('PUT', PATH, [blockNora]);
    await fixtureBrowser(tenant).authorize(CUSTOMERS_ORIGIN, redemption('shop', undefined));
    expect((await call('GET', PATH)).body).toMatchObject({ pending: [blockNora] });
  });

  test('can be forgotten', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    await call('PUT', PATH, [blockNora]);
    expect((await call('DELETE', PATH)).status).toBe(204);
    expect((await redeemNext(tenant)).searchParams.has('code')).toBe(true);
  });

  test('tell when they did not work', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    await call('PUT', PATH, [{ method: 'DELETE', path: '/api/v2/organizations/org_none' }]);
    await redeemNext(tenant);
    expect((await call('GET', PATH)).body).toMatchObject({ done: [{ status: 404 }] });
  });

  test('may flip the other levers of the sandbox', async () => {
    const tenant = fixtureTenant();
    await fixtureManagement(tenant)('PUT', PATH, [
      {
        method: 'PATCH',
        path: '/api/v2/sandbox/choices',
        body: { clientAddressOverride: '203.0.113.9' },
      },
    ]);
    await redeemNext(tenant);
    expect(tenant.context.log.entries.at(-1)).toMatchObject({
      type: 'w',
      ip: '203.0.113.9',
    });
  });

  test.each<[string, unknown]>([
    ['nothing', []],
    ['a read', [{ method: 'GET', path: '/api/v2/users' }]],
    ['another place', [{ method: 'POST', path: '/oauth/token' }]],
    ['another host', [{ method: 'POST', path: 'https://evil.example/api/v2/' }]],
    ['themselves', [{ method: 'PUT', path: `/api/v2${PATH}` }]],
  ])('are not %s', async (_, body) => {
    expect((await fixtureManagement(fixtureTenant())('PUT', PATH, body)).status).toBe(400);
  });

  test('need the scope', async () => {
    const asMachine = fixtureManagement(fixtureTenant(), 'machine');
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expect(
        (await asMachine(method, PATH, method === 'PUT' ? [blockNora] : undefined)).status,
      ).toBe(403);
    }
  });
});
