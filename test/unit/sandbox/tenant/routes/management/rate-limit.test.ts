import { describe, expect, test } from 'vitest';
import { managementToken } from '../../fixture-management.ts';
import { CANONICAL_ORIGIN } from '../../fixture-seed.ts';
import { fixtureTenant } from '../../fixture-tenant.ts';

/** A tenant that takes three calls at once and one more every two seconds. */
const limited = async () => {
  const tenant = fixtureTenant();
  Object.assign(tenant.context.conditions, { managementBurst: 3, managementCallsPerSecond: 0.5 });
  const token = await managementToken(tenant);
  const now = Math.floor(tenant.context.clock() / 1000);
  const call = async (path = '/users') => {
    const { status, headers } = await tenant.fetch(
      new Request(`${CANONICAL_ORIGIN}/api/v2${path}`, {
        headers: { authorization: `Bearer ${token}` },
      }),
      { ip: '203.0.113.1' },
    );
    return {
      status,
      limit: headers.get('x-ratelimit-limit'),
      remaining: headers.get('x-ratelimit-remaining'),
      resetsIn: Number(headers.get('x-ratelimit-reset')) - now,
    };
  };
  return { tenant, call };
};

describe('the rate of the Management API', () => {
  test('is told with every answer: the limit, what is left of it, and when all of it will be back', async () => {
    const { call } = await limited();
    expect(await call()).toEqual({ status: 200, limit: '3', remaining: '2', resetsIn: 2 });
    expect(await call('/users/nobody')).toEqual({
      status: 404,
      limit: '3',
      remaining: '1',
      resetsIn: 4,
    });
  });

  test('is refused beyond, and comes back call by call', async () => {
    const { tenant, call } = await limited();
    await call();
    await call();
    await call();
    expect(await call()).toEqual({ status: 429, limit: '3', remaining: '0', resetsIn: 6 });
    tenant.wait(2);
    expect((await call()).status).toBe(200);
    expect((await call()).status).toBe(429);
  });

  test('is not used by the levers of the sandbox', async () => {
    const { call } = await limited();
    expect((await call('/sandbox/choices')).limit).toBeNull();
    expect((await call()).remaining).toBe('2');
  });
});
