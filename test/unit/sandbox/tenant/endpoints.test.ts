import { describe, expect, test } from 'vitest';
import { fetchFrom } from './fetch-from.ts';
import { fixtureBrowser, locationOf, post } from './fixture-browser.ts';
import { appTokens, logTypesOf, mint, redemption, signInAgent } from './fixture-delegation.ts';
import { AGENTS_ORIGIN, CANONICAL_ORIGIN, CUSTOMERS_ORIGIN, nora, sam } from './fixture-seed.ts';
import { type FixtureTenant, fixtureTenant } from './fixture-tenant.ts';

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
