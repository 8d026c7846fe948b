import { describe, expect, test } from 'vitest';
import { defaultConditions } from '../../../../../../src/sandbox/tenant/sandbox-conditions.ts';
import { defaultChoices } from '../../../../../../src/sandbox/tenant/undocumented-choices.ts';
import { fixtureBrowser, locationOf } from '../../fixture-browser.ts';
import { mint, redemption } from '../../fixture-delegation.ts';
import { fixtureManagement } from '../../fixture-management.ts';
import { CANONICAL_ORIGIN, CUSTOMERS_ORIGIN } from '../../fixture-seed.ts';
import { fixtureTenant } from '../../fixture-tenant.ts';

const PATH = '/sandbox/choices';

describe('the levers of the sandbox', () => {
  test('show every choice and every condition', async () => {
    const shown = await fixtureManagement(fixtureTenant())('GET', PATH);
    expect(shown).toEqual({ status: 200, body: { ...defaultChoices, ...defaultConditions } });
  });

  test('change what is named and nothing else, for this tenant only', async () => {
    const call = fixtureManagement(fixtureTenant());
    const changed = await call('PATCH', PATH, {
      existingSessionStatus: 403,
      logDelayInSeconds: 30,
    });
    expect(changed.body).toEqual({
      ...defaultChoices,
      ...defaultConditions,
      existingSessionStatus: 403,
      logDelayInSeconds: 30,
    });
    expect(defaultChoices.existingSessionStatus).toBe(400);
    expect(defaultConditions.logDelayInSeconds).toBe(0);
  });

  test('go back to where the tenant started', async () => {
    const call = fixtureManagement(fixtureTenant({ choices: { existingSessionStatus: 403 } }));
    await call('PATCH', PATH, { existingSessionStatus: 400, sessionsInPlan: false });
    const reset = await call('DELETE', PATH);
    expect(reset.body).toMatchObject({ existingSessionStatus: 403, sessionsInPlan: true });
  });

  test.each([
    ['an unknown name', { existingSessionColor: 'red' }],
    ['a wrong value', { unusableDelegationToken: 'explosion' }],
    ['a wrong value beside a good one', { sessionsInPlan: false, logDelayInSeconds: -1 }],
    ['an address that is none', { clientAddressOverride: 'localhost' }],
    ['no object', 'nothing'],
  ])('refuse %s and change nothing', async (_, body) => {
    const call = fixtureManagement(fixtureTenant());
    expect((await call('PATCH', PATH, body)).status).toBe(400);
    expect((await call('GET', PATH)).body).toEqual({ ...defaultChoices, ...defaultConditions });
  });

  test('are out of reach without a token, and without the scope', async () => {
    const tenant = fixtureTenant();
    const url = `${CANONICAL_ORIGIN}/api/v2${PATH}`;
    expect((await tenant.fetch(new Request(url), { ip: '203.0.113.1' })).status).toBe(401);
    const asMachine = fixtureManagement(tenant, 'machine');
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      expect((await asMachine(method, PATH, method === 'PATCH' ? {} : undefined)).status).toBe(403);
    }
  });
});

describe('a condition', () => {
  test('makes log entries appear late', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    await call('PATCH', PATH, { logDelayInSeconds: 30 });
    await mint(tenant);
    const search = async () => (await call('GET', '/logs?q=type:secte')).body;
    const checkpoint = async () => (await call('GET', '/logs?take=100')).body;
    tenant.wait(29);
    expect(await search()).toEqual([]);
    expect(await checkpoint()).toEqual([]);
    tenant.wait(1);
    expect(await search()).toHaveLength(1);
    expect(await checkpoint()).not.toEqual([]);
  });

  test('hides a late entry from those who know its id', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    await call('PATCH', PATH, { logDelayInSeconds: 30 });
    await mint(tenant);
    const id = tenant.context.log.entries.at(-1)?.log_id;
    expect((await call('GET', `/logs/${id}`)).status).toBe(404);
    tenant.wait(30);
    expect((await call('GET', `/logs/${id}`)).status).toBe(200);
  });

  test('lets a session transfer token expire early, while 60 seconds are announced', async () => {
    const tenant = fixtureTenant();
    await fixtureManagement(tenant)('PATCH', PATH, { sessionTransferLifetimeInSeconds: 0 });
    const response = await fixtureBrowser(tenant).authorize(
      CUSTOMERS_ORIGIN,
      redemption('shop', await mint(tenant)),
    );
    expect(response.status).toBe(400);
    expect(tenant.context.log.entries.at(-1)).toMatchObject({
      description:
        'Single Sign-On failed: Session Transfer Token not found or expired. This may indicate token reuse or expiration.',
    });
  });

  test('lets a session transfer token arrive spent', async () => {
    const tenant = fixtureTenant();
    await fixtureManagement(tenant)('PATCH', PATH, { sessionTransferTokensArriveUsed: true });
    const response = await fixtureBrowser(tenant).authorize(
      CUSTOMERS_ORIGIN,
      redemption('shop', await mint(tenant)),
    );
    expect(response.status).toBe(400);
    expect(tenant.context.log.entries.at(-1)).toMatchObject({
      description:
        'Single Sign-On failed: Session Transfer Token not found or expired. This may indicate token reuse or expiration.',
    });
  });

  test.each(['203.0.113.77', '2001:db8::77'])('shows browsers at %s', async (address) => {
    const tenant = fixtureTenant();
    const token = await mint(tenant);
    await fixtureManagement(tenant)('PATCH', PATH, { clientAddressOverride: address });
    const response = await fixtureBrowser(tenant).authorize(
      CUSTOMERS_ORIGIN,
      redemption('shop', token),
    );
    expect(response.status).toBe(400);
    expect(tenant.context.log.entries.at(-1)).toMatchObject({ ip: address });
  });

  test('leaves the addresses of servers as they are', async () => {
    const tenant = fixtureTenant();
    await fixtureManagement(tenant)('PATCH', PATH, { clientAddressOverride: '203.0.113.77' });
    const token = await mint(tenant);
    expect(tenant.context.log.entries.at(-1)).toMatchObject({ type: 'secte', ip: '198.51.100.7' });
    await fixtureManagement(tenant)('PATCH', PATH, { clientAddressOverride: null });
    const response = await fixtureBrowser(tenant).authorize(
      CUSTOMERS_ORIGIN,
      redemption('shop', token),
    );
    expect(locationOf(response).searchParams.has('code')).toBe(true);
  });
});
