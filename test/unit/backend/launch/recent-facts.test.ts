import { expect, it, vi } from 'vitest';
import { createRecentFacts } from '../../../../src/backend/launch/recent-facts.ts';
import { createFakeTenant } from '../fake-tenant.ts';
import { AGENT, APP, CUSTOMER, NOW } from '../fixtures.ts';

it('a customer or an app that was loaded less than 30 seconds ago is not loaded again', async () => {
  let now = NOW.getTime();
  const customers = { load: vi.fn(async () => CUSTOMER) };
  const apps = { list: async () => [APP], load: vi.fn(async () => APP) };
  const tenant = createFakeTenant({ apps });
  const facts = createRecentFacts(customers, tenant, [], () => new Date(now));
  for (const milliseconds of [0, 29_999]) {
    now = NOW.getTime() + milliseconds;
    expect(await facts.customer(CUSTOMER.id)).toBe(CUSTOMER);
    expect(await facts.app(APP.id)).toBe(APP);
  }
  expect([customers.load.mock.calls.length, apps.load.mock.calls.length]).toEqual([1, 1]);
  now = NOW.getTime() + 30_000;
  await facts.customer(CUSTOMER.id);
  expect(customers.load).toHaveBeenCalledTimes(2);
});

it('the roles of an agent are those that make one, and are asked for once in 30 seconds', async () => {
  const standing = vi.fn(async () => ({ isBlocked: false, roles: ['Support Agent', 'Runner'] }));
  const agents = { ...createFakeTenant().agents, standing };
  const tenant = createFakeTenant({ agents });
  const facts = createRecentFacts(
    { load: async () => CUSTOMER },
    tenant,
    ['Support Agent'],
    () => NOW,
  );
  expect(await facts.agentRoles(AGENT.id)).toEqual(['Support Agent']);
  expect(await facts.agentRoles(AGENT.id)).toEqual(['Support Agent']);
  expect(standing).toHaveBeenCalledTimes(1);
});
