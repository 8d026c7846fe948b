import { expect, it, vi } from 'vitest';
import { createRecentFacts } from '../../../../src/backend/launch/recent-facts.ts';
import { APP, CUSTOMER, NOW } from '../fixtures.ts';

it('a customer or an app that was loaded less than 30 seconds ago is not loaded again', async () => {
  let now = NOW.getTime();
  const customers = { load: vi.fn(async () => CUSTOMER) };
  const apps = { load: vi.fn(async () => APP) };
  const facts = createRecentFacts(customers, apps, () => new Date(now));
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
