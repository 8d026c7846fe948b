import { describe, expect, test } from 'vitest';
import { fixtureManagement } from '../../fixture-management.ts';
import { nora } from '../../fixture-seed.ts';
import { fixtureTenant } from '../../fixture-tenant.ts';

/** An app that only remembers whether it runs. */
const fakeApp = () => {
  let running = true;
  return {
    isRunning: () => running,
    setRunning: async (next: boolean) => {
      running = next;
    },
  };
};

describe('an app', () => {
  test('stops and starts', async () => {
    const shop = fakeApp();
    const call = fixtureManagement(fixtureTenant({ apps: { shop } }));
    const stopped = await call('PATCH', '/sandbox/apps/shop', { running: false });
    expect(stopped).toEqual({ status: 200, body: { client_id: 'shop', running: false } });
    expect(shop.isRunning()).toBe(false);
    await call('PATCH', '/sandbox/apps/shop', { running: true });
    expect(shop.isRunning()).toBe(true);
  });

  test.each([
    ['shop', { running: 'no' }, 400],
    ['shop', {}, 400],
    ['desk', { running: false }, 404],
    ['toString', { running: false }, 404],
  ])('%s is not changed by %j: %s', async (id, body, status) => {
    const shop = fakeApp();
    const call = fixtureManagement(fixtureTenant({ apps: { shop } }));
    expect((await call('PATCH', `/sandbox/apps/${id}`, body)).status).toBe(status);
    expect(shop.isRunning()).toBe(true);
  });
});

test('a reset makes everything as it was at the start', async () => {
  const shop = fakeApp();
  const tenant = fixtureTenant({ apps: { shop }, choices: { existingSessionStatus: 403 } });
  const call = fixtureManagement(tenant);
  const user = `/users/${encodeURIComponent(nora.user_id)}`;
  await call('PATCH', '/sandbox/choices', { existingSessionStatus: 400, sessionsInPlan: false });
  await call('PATCH', '/sandbox/apps/shop', { running: false });
  await call('PATCH', user, { app_metadata: { multifactor_required: true } });
  await call('PATCH', '/clients/shop', { session_transfer: { delegation: null } });
  await call('DELETE', '/organizations/org_acme');
  await call('PATCH', '/connections/con_customers/clients', [{ client_id: 'shop', status: false }]);
  await call('PUT', '/sandbox/before-next-redemption', [
    { method: 'DELETE', path: '/api/v2/organizations/org_nordwind' },
  ]);

  expect((await call('POST', '/sandbox/reset', {})).status).toBe(204);
  expect(tenant.context.choices.existingSessionStatus).toBe(403);
  expect(tenant.context.conditions.sessionsInPlan).toBe(true);
  expect(shop.isRunning()).toBe(true);
  expect((await call('GET', user)).body['app_metadata']).toEqual({});
  expect((await call('GET', '/clients/shop')).body).toMatchObject({
    session_transfer: { delegation: { allow_delegated_access: true } },
  });
  expect((await call('GET', '/organizations/org_acme')).status).toBe(200);
  expect((await call('GET', '/connections/con_customers/clients')).body).toMatchObject({
    clients: [{ client_id: 'backend' }, { client_id: 'shop' }, { client_id: 'desk' }],
  });
  expect(tenant.context.memory.beforeNextRedemption).toBeUndefined();
});

test('a reset leaves sessions and the log, and needs the scope', async () => {
  const tenant = fixtureTenant();
  const call = fixtureManagement(tenant);
  await call('POST', '/sandbox/reset', {});
  expect(tenant.context.log.entries.length).toBeGreaterThan(0);
  const asMachine = fixtureManagement(tenant, 'machine');
  expect((await asMachine('POST', '/sandbox/reset', {})).status).toBe(403);
  expect((await asMachine('PATCH', '/sandbox/apps/shop', { running: false })).status).toBe(403);
});
