import { expect, it } from 'vitest';
import {
  measureFetch,
  type TenantCall,
} from '../../../../../src/backend/adapters/auth0/measured-fetch.ts';

const callsOf = async (url: string, answer: () => Response) => {
  const calls: TenantCall[] = [];
  const send = measureFetch(
    async () => answer(),
    (call) => calls.push(call),
  );
  await send(url).catch(() => undefined);
  return calls;
};

it.each([
  ['https://tenant.example/oauth/token', 'token'],
  ['https://tenant.example/api/v2/users/auth0%7C1?fields=email', 'users'],
  ['https://tenant.example/api/v2/sessions/sid_1', 'sessions'],
  ['https://tenant.example/api/v2/token-exchange-profiles', 'token-exchange-profiles'],
  ['https://tenant.example/.well-known/jwks.json', 'other'],
])('a call to %s is counted as %s, without the id', async (url, resource) => {
  expect(await callsOf(url, () => Response.json({}))).toMatchObject([{ resource, status: '200' }]);
});

it('a call tells how much of the rate is left, and how long it took', async () => {
  const headers = { 'x-ratelimit-remaining': '7' };
  const [call] = await callsOf('https://tenant.example/api/v2/users', () =>
    Response.json({}, { status: 429, headers }),
  );
  expect(call).toMatchObject({ status: '429', rateRemaining: 7 });
  expect(call?.seconds).toBeGreaterThanOrEqual(0);
});

it.each(['', '-1', 'lots'])('a header that is no number (%j) is not believed', async (value) => {
  const [call] = await callsOf('https://tenant.example/api/v2/users', () =>
    Response.json({}, { headers: { 'x-ratelimit-remaining': value } }),
  );
  expect(call).not.toHaveProperty('rateRemaining');
});

it('a call without an answer is counted, and still throws', async () => {
  const calls: TenantCall[] = [];
  const send = measureFetch(
    () => Promise.reject(new TypeError('fetch failed')),
    (call) => calls.push(call),
  );
  await expect(send('https://tenant.example/oauth/token')).rejects.toThrow('fetch failed');
  expect(calls).toMatchObject([{ resource: 'token', status: 'none' }]);
});
