import { describe, expect, test } from 'vitest';
import { fetchFrom } from './fetch-from.ts';
import { post } from './fixture-browser.ts';
import { mint, signInAgent } from './fixture-delegation.ts';
import { AGENTS_ORIGIN, CANONICAL_ORIGIN } from './fixture-seed.ts';
import { type FixtureTenant, fixtureTenant } from './fixture-tenant.ts';

describe('the Management API', () => {
  const token = async (tenant: FixtureTenant) =>
    String(
      (
        await post(tenant, `${AGENTS_ORIGIN}/oauth/token`, {
          grant_type: 'client_credentials',
          client_id: 'machine',
          client_secret: 'secret-of-machine',
          audience: `${CANONICAL_ORIGIN}/api/v2/`,
        })
      ).body['access_token'],
    );
  const call = async (tenant: FixtureTenant, path: string, init: RequestInit = {}) =>
    fetchFrom(tenant, `${CANONICAL_ORIGIN}/api/v2${path}`, {
      ...init,
      headers: { authorization: `Bearer ${await token(tenant)}` },
    });

  test('wants a token, of its own audience, with the scope', async () => {
    const tenant = fixtureTenant();
    expect((await fetchFrom(tenant, `${CANONICAL_ORIGIN}/api/v2/users`)).status).toBe(401);
    const { access_token } = await signInAgent(tenant);
    const foreign = await fetchFrom(tenant, `${CANONICAL_ORIGIN}/api/v2/users`, {
      headers: { authorization: `Bearer ${String(access_token)}` },
    });
    expect(foreign.status).toBe(401);
    const withoutScope = await call(tenant, '/organizations');
    expect(withoutScope.status).toBe(403);
    expect(await withoutScope.json()).toMatchObject({ errorCode: 'insufficient_scope' });
  });

  test('refuses a search outside the syntax with invalid_query_string', async () => {
    const response = await call(fixtureTenant(), '/users?q=name:%5Ba%20TO%20b%5D');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errorCode: 'invalid_query_string' });
  });

  test('never shows a client’s secret', async () => {
    const tenant = fixtureTenant();
    for (const path of ['/clients', '/clients/shop']) {
      expect(await (await call(tenant, path)).text()).not.toContain('secret-of');
    }
  });

  test('changes a client, strictly', async () => {
    const tenant = fixtureTenant();
    const patch = (body: object) =>
      call(tenant, '/clients/shop', { method: 'PATCH', body: JSON.stringify(body) });
    const fine = await patch({ session_transfer: { delegation: null } });
    expect(await fine.json()).toMatchObject({ session_transfer: { delegation: null } });
    expect((await patch({ session_transfer: { delegaton: null } })).status).toBe(400);
    expect((await patch({ client_secret: 'x' })).status).toBe(400);
  });

  test('pages no further than 1000 users, 100 at a time', async () => {
    const tenant = fixtureTenant();
    expect((await call(tenant, '/users?page=10&per_page=100')).status).toBe(400);
    expect((await call(tenant, '/users?per_page=101')).status).toBe(400);
    expect((await call(tenant, '/users?page=9&per_page=100')).status).toBe(200);
  });

  test('reads the log by search and by checkpoint', async () => {
    const tenant = fixtureTenant();
    await mint(tenant);
    const search = (await (
      await call(tenant, '/logs?q=type:secte&include_totals=true')
    ).json()) as { total: number };
    expect(search.total).toBe(1);
    const first = (await (await call(tenant, '/logs?take=2')).json()) as {
      type: string;
      log_id: string;
    }[];
    expect(first.map((entry) => entry.type)).toEqual(['s', 'seacft']);
    const next = (await (
      await call(tenant, `/logs?from=${first.at(-1)?.log_id}&take=1`)
    ).json()) as { type: string }[];
    expect(next.map((entry) => entry.type)).toEqual(['secte']);
    const newest = (await (await call(tenant, '/logs?per_page=1')).json()) as { type: string }[];
    expect(newest.map((entry) => entry.type)).toEqual(['seccft']);
  });
});
