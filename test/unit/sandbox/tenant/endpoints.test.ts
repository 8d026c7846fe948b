import { describe, expect, test } from 'vitest';
import { fixtureBrowser, locationOf, post } from './fixture-browser.ts';
import { appTokens, logTypesOf, mint, redemption, signInAgent } from './fixture-delegation.ts';
import { AGENTS_ORIGIN, CANONICAL_ORIGIN, CUSTOMERS_ORIGIN, nora, sam } from './fixture-seed.ts';
import { type FixtureTenant, fixtureTenant } from './fixture-tenant.ts';

const fetchFrom = (tenant: FixtureTenant, url: string, init: RequestInit = {}) =>
  tenant.fetch(new Request(url, init), { ip: '198.51.100.7' });

const EXTENSION_ORIGIN = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';

describe('host names', () => {
  test.each([
    'http://localhost:4000/authorize',
    'http://127.0.0.1:4000/authorize',
    'http://evil.localhost:4000/.well-known/openid-configuration',
    'http://agents.localhost:4001/authorize',
    'https://agents.localhost:4000/authorize',
    'http://localhost:4443/api/v2/users',
  ])('%s is not ours: 421', async (url) => {
    expect((await fetchFrom(fixtureTenant(), url)).status).toBe(421);
  });
});

describe('discovery', () => {
  test.each([AGENTS_ORIGIN, CUSTOMERS_ORIGIN, CANONICAL_ORIGIN])(
    'of %s names itself, with a slash',
    async (origin) => {
      const response = await fetchFrom(
        fixtureTenant(),
        `${origin}/.well-known/openid-configuration`,
        { headers: { origin: 'https://anybody.example' } },
      );
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(await response.json()).toMatchObject({
        issuer: `${origin}/`,
        token_endpoint: `${origin}/oauth/token`,
        jwks_uri: `${origin}/.well-known/jwks.json`,
      });
    },
  );

  test('the keys are the same on every domain, and public', async () => {
    const tenant = fixtureTenant();
    const [first, second] = await Promise.all(
      [AGENTS_ORIGIN, CUSTOMERS_ORIGIN].map(async (origin) =>
        (await fetchFrom(tenant, `${origin}/.well-known/jwks.json`)).json(),
      ),
    );
    expect(first).toEqual(second);
    expect(first).toMatchObject({ keys: [{ kty: 'RSA', alg: 'RS256', kid: 'test-key' }] });
    expect(JSON.stringify(first)).not.toContain('"d"');
  });
});

describe('CORS of the token endpoint', () => {
  const preflight = (tenant: FixtureTenant, origin: string) =>
    fetchFrom(tenant, `${AGENTS_ORIGIN}/oauth/token`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-headers': 'auth0-client' },
    });
  const call = (origin: string, clientId: string) =>
    post(
      fixtureTenant(),
      `${AGENTS_ORIGIN}/oauth/token`,
      { grant_type: 'refresh_token', client_id: clientId, refresh_token: 'x' },
      { origin },
    );

  test.each([EXTENSION_ORIGIN, 'http://desk.localhost:5000'])(
    'answers the preflight of %s',
    async (origin) => {
      const { headers } = await preflight(fixtureTenant(), origin);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-allow-headers')).toBe('auth0-client');
      expect(headers.has('access-control-allow-credentials')).toBe(false);
    },
  );

  test('does not answer the preflight of anybody else', async () => {
    const { headers } = await preflight(fixtureTenant(), 'https://evil.example');
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });

  test('lets a client’s own origin read the answer, even of a refusal', async () => {
    const { status, headers } = await call(EXTENSION_ORIGIN, 'extension');
    expect(status).toBe(403);
    expect(headers.get('access-control-allow-origin')).toBe(EXTENSION_ORIGIN);
  });

  test('does not let another client’s origin read it', async () => {
    const { headers } = await call('http://desk.localhost:5000', 'extension');
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });
});

describe('client authentication', () => {
  const asking = { grant_type: 'client_credentials', audience: `${CANONICAL_ORIGIN}/api/v2/` };
  const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` });
  const ask = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
    post(fixtureTenant(), `${AGENTS_ORIGIN}/oauth/token`, { ...asking, ...parameters }, headers);

  test('by post and by basic', async () => {
    const byPost = await ask({ client_id: 'machine', client_secret: 'secret-of-machine' });
    expect(byPost.status).toBe(200);
    expect((await ask({}, basic('machine:secret-of-machine'))).status).toBe(200);
  });

  test.each([
    ['an unknown client', { client_id: 'nobody', client_secret: 'x' }, {}],
    ['a wrong secret', { client_id: 'machine', client_secret: 'x' }, {}],
    ['no secret', { client_id: 'machine' }, {}],
    ['a wrong basic secret', {}, basic('machine:x')],
    ['a malformed header', {}, { authorization: 'Bearer x' }],
    ['a public client with a secret', { client_id: 'extension', client_secret: 'x' }, {}],
  ])('refuses %s', async (_, parameters, headers) => {
    const { status, body } = await ask(parameters, headers);
    expect(status).toBe(401);
    expect(body['error']).toBe('invalid_client');
  });

  test('refuses two ways at once, and none', async () => {
    const both = await ask({ client_secret: 'x' }, basic('machine:secret-of-machine'));
    expect(both.body['error']).toBe('invalid_request');
    expect((await ask({})).body['error']).toBe('invalid_request');
  });
});

describe('client credentials', () => {
  const ask = (parameters: Record<string, string | undefined>) =>
    post(fixtureTenant(), `${AGENTS_ORIGIN}/oauth/token`, {
      grant_type: 'client_credentials',
      client_id: 'machine',
      client_secret: 'secret-of-machine',
      audience: `${CANONICAL_ORIGIN}/api/v2/`,
      ...parameters,
    });

  test('give the scopes of the grant, or the ones among them that were asked for', async () => {
    expect((await ask({})).body['scope']).toBe(
      'read:clients read:connections read:users read:logs update:clients',
    );
    expect((await ask({ scope: 'read:users delete:users' })).body['scope']).toBe('read:users');
  });

  test.each([
    ['an unknown audience', { audience: 'https://nobody.example' }, 403],
    ['no audience', { audience: undefined }, 400],
    [
      'a client without the grant type',
      { client_id: 'shop', client_secret: 'secret-of-shop' },
      400,
    ],
    ['an unknown grant type', { grant_type: 'password' }, 400],
  ])('are refused for %s', async (_, parameters, status) => {
    expect((await ask(parameters)).status).toBe(status);
  });
});

describe('/userinfo', () => {
  test('gives the claims of the token’s scopes', async () => {
    const tenant = fixtureTenant();
    const { access_token } = await signInAgent(tenant);
    const response = await fetchFrom(tenant, `${AGENTS_ORIGIN}/userinfo`, {
      headers: { authorization: `Bearer ${String(access_token)}` },
    });
    expect(await response.json()).toEqual({
      sub: sam.user_id,
      name: 'Sam Rivera',
      nickname: 'sam',
      updated_at: '2024-03-11T09:24:00.000Z',
      email: 'sam@staff.example',
      email_verified: true,
    });
  });

  test('takes an opaque token too, until it expires', async () => {
    const tenant = fixtureTenant();
    const back = locationOf(
      await fixtureBrowser(tenant).authorize(
        CUSTOMERS_ORIGIN,
        redemption('shop', await mint(tenant)),
      ),
    );
    const { body } = await appTokens(tenant, 'shop', back.searchParams.get('code'));
    const ask = () =>
      fetchFrom(tenant, `${CUSTOMERS_ORIGIN}/userinfo`, {
        headers: { authorization: `Bearer ${String(body['access_token'])}` },
      });
    expect(await (await ask()).json()).toMatchObject({ sub: nora.user_id });
    tenant.wait(7200);
    expect((await ask()).status).toBe(401);
  });

  test('refuses anything else', async () => {
    const tenant = fixtureTenant();
    expect((await fetchFrom(tenant, `${AGENTS_ORIGIN}/userinfo`)).status).toBe(401);
  });
});

describe('logout', () => {
  const visit = async (path: string) => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    const { id_token } = await signInAgent(tenant, browser);
    const url = new URL(path.replace('HINT', String(id_token)), AGENTS_ORIGIN);
    const response = await browser.get(url);
    return { tenant, response, signedIn: tenant.context.memory.sessions.size > 0 };
  };

  test.each([
    ['/v2/logout?client_id=extension', 'http://extension.localhost:5000/'],
    [
      '/v2/logout?client_id=extension&returnTo=http://extension.localhost:5000',
      'http://extension.localhost:5000/',
    ],
    ['/v2/logout?returnTo=http://www.localhost:5000/bye', 'http://www.localhost:5000/bye'],
    [
      '/oidc/logout?id_token_hint=HINT&post_logout_redirect_uri=http://extension.localhost:5000&state=x',
      'http://extension.localhost:5000/?state=x',
    ],
  ])('%s ends the session and goes on', async (path, target) => {
    const { tenant, response, signedIn } = await visit(path);
    expect(locationOf(response).href).toBe(target);
    expect(signedIn).toBe(false);
    expect(logTypesOf(tenant).at(-1)).toBe('slo');
  });

  test('without an address to go to says so', async () => {
    const { response, signedIn } = await visit('/v2/logout');
    expect(response.status).toBe(200);
    expect(signedIn).toBe(false);
  });

  test.each([
    '/v2/logout?client_id=extension&returnTo=https://evil.example',
    '/v2/logout?returnTo=http://extension.localhost:5000',
    '/v2/logout?client_id=extension&returnTo=http://www.localhost:5000/bye',
    '/oidc/logout?client_id=extension&post_logout_redirect_uri=https://evil.example',
    '/oidc/logout?id_token_hint=made-up',
  ])('%s is refused and ends nothing', async (path) => {
    const { response, signedIn } = await visit(path);
    expect(response.status).toBe(400);
    expect(response.headers.has('location')).toBe(false);
    expect(signedIn).toBe(true);
  });
});

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
