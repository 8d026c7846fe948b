import { describe, expect, test } from 'vitest';
import { challenge, fixtureBrowser, locationOf, post, VERIFIER } from './fixture-browser.ts';
import { logTypesOf, signInAgent } from './fixture-delegation.ts';
import { AGENTS_ORIGIN, API, CUSTOMERS_ORIGIN, nora, sam } from './fixture-seed.ts';
import { fixtureTenant } from './fixture-tenant.ts';

const CALLBACK = 'http://extension.localhost:5000/callback';

const request = (overrides: Record<string, string | undefined> = {}) => ({
  response_type: 'code',
  client_id: 'extension',
  redirect_uri: CALLBACK,
  scope: 'openid email offline_access',
  state: 'st',
  nonce: 'no',
  code_challenge: challenge,
  code_challenge_method: 'S256',
  ...overrides,
});

const authorize = (overrides: Record<string, string | undefined>, change?: object) => {
  const tenant = fixtureTenant({
    change: (seed) => {
      Object.assign(seed.clients.find((client) => client.client_id === 'extension') ?? {}, change);
    },
  });
  return fixtureBrowser(tenant).authorize(AGENTS_ORIGIN, request(overrides));
};

describe('/authorize shows an error page and redirects nowhere', () => {
  test.each([
    ['an unknown client', { client_id: 'nobody' }, 400],
    ['no client', { client_id: undefined }, 400],
    ['another callback', { redirect_uri: `${CALLBACK}/more` }, 403],
    ['no callback', { redirect_uri: undefined }, 403],
  ])('for %s', async (_, overrides, status) => {
    const response = await authorize(overrides);
    expect(response.status).toBe(status);
    expect(response.headers.has('location')).toBe(false);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('for a parameter given twice', async () => {
    const tenant = fixtureTenant();
    const url = new URL(`${AGENTS_ORIGIN}/authorize?${new URLSearchParams(request())}&state=other`);
    expect((await fixtureBrowser(tenant).get(url)).status).toBe(400);
  });
});

describe('/authorize sends the error back with the state', () => {
  test.each([
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['no PKCE of a public client', { code_challenge: undefined }, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a malformed challenge', { code_challenge: 'short' }, 'invalid_request'],
    ['another response mode', { response_mode: 'fragment' }, 'invalid_request'],
    ['an unknown prompt', { prompt: 'consent' }, 'invalid_request'],
    ['an unknown audience', { audience: 'https://nobody.example' }, 'access_denied'],
    ['prompt=none without a session', { prompt: 'none' }, 'login_required'],
    ['an organization where none is used', { organization: 'org_nordwind' }, 'invalid_request'],
  ])('for %s', async (_, overrides, error) => {
    const back = locationOf(await authorize(overrides));
    expect(`${back.origin}${back.pathname}`).toBe(CALLBACK);
    expect(back.searchParams.get('error')).toBe(error);
    expect(back.searchParams.get('state')).toBe('st');
    expect(back.searchParams.has('code')).toBe(false);
  });

  test('for a client without the code grant', async () => {
    const back = locationOf(await authorize({}, { grant_types: ['refresh_token'] }));
    expect(back.searchParams.get('error')).toBe('unsupported_response_type');
  });
});

describe('the login page', () => {
  test('has the fields, the hint, and nothing that came in unescaped', async () => {
    const response = await authorize({ login_hint: '"><script>alert(1)</script>' });
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('name="username"');
    expect(page).toContain('name="password"');
    expect(page).not.toContain('<script>');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'nonce-[\w-]+'; form-action 'self' http:\/\/extension\.localhost:5000; base-uri 'none'; frame-ancestors 'none'$/,
    );
  });

  test.each([
    ['a wrong password', sam.email, 'guess'],
    ['an unknown email', 'nobody@mail.example', 'sam-password'],
    ['a user of a connection that the client has not enabled', nora.email, 'nora-password'],
    ['a user without a password', 'enzo@acme.example', ''],
  ])('says so for %s, and leads to a right second try', async (_, email, password) => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    const page = await browser.authorize(AGENTS_ORIGIN, request());
    const wrong = await browser.submit(page, AGENTS_ORIGIN, email, password);
    expect(wrong.status).toBe(400);
    expect(logTypesOf(tenant)).toEqual(['fp']);
    expect(browser.jarOf(AGENTS_ORIGIN).has('auth0')).toBe(false);
    const copy = wrong.clone();
    expect(await copy.text()).toContain('Wrong email or password.');
    const right = await browser.submit(wrong, AGENTS_ORIGIN, sam.email, 'sam-password');
    expect(locationOf(right).searchParams.has('code')).toBe(true);
  });

  test('takes the form from the browser only that it was shown to', async () => {
    const tenant = fixtureTenant();
    const page = await fixtureBrowser(tenant).authorize(AGENTS_ORIGIN, request());
    const forged = await fixtureBrowser(tenant).submit(
      page,
      AGENTS_ORIGIN,
      sam.email,
      'sam-password',
    );
    expect(forged.status).toBe(400);
    expect(forged.headers.getSetCookie()).toEqual([]);
  });

  test.each(['cross-site', 'same-site', 'none'])('refuses a form posted %s', async (site) => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    const page = await browser.authorize(AGENTS_ORIGIN, request());
    const state = (await page.text()).match(/name="state" value="([^"]+)"/)?.[1] ?? '';
    const response = await browser.send(new URL('/u/login', AGENTS_ORIGIN), {
      method: 'POST',
      headers: { 'sec-fetch-site': site },
      body: new URLSearchParams({ state, username: sam.email, password: 'sam-password' }),
    });
    expect(response.status).toBe(400);
  });

  test('works once per request', async () => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    const page = await browser.authorize(AGENTS_ORIGIN, request());
    const copy = page.clone();
    await browser.submit(page, AGENTS_ORIGIN, sam.email, 'sam-password');
    const again = await browser.submit(copy, AGENTS_ORIGIN, sam.email, 'sam-password');
    expect(again.status).toBe(400);
  });
});

describe('a session', () => {
  const signedIn = async () => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    await signInAgent(tenant, browser);
    return { tenant, browser };
  };

  test('signs on without a login page', async () => {
    const { tenant, browser } = await signedIn();
    const back = locationOf(await browser.authorize(AGENTS_ORIGIN, request({ prompt: 'none' })));
    expect(back.searchParams.has('code')).toBe(true);
    expect(logTypesOf(tenant).at(-1)).toBe('ssa');
  });

  test('is of one domain', async () => {
    const { browser } = await signedIn();
    const back = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, request({ prompt: 'none' })));
    expect(back.searchParams.get('error')).toBe('login_required');
  });

  test('of one domain is worth nothing on the other, cookie or not', async () => {
    const { browser } = await signedIn();
    browser.jarOf(CUSTOMERS_ORIGIN).set('auth0', browser.jarOf(AGENTS_ORIGIN).get('auth0') ?? '');
    const back = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, request({ prompt: 'none' })));
    expect(back.searchParams.get('error')).toBe('login_required');
  });

  test('is asked again for the password with prompt=login', async () => {
    const { browser } = await signedIn();
    const response = await browser.authorize(AGENTS_ORIGIN, request({ prompt: 'login' }));
    expect(await response.text()).toContain('name="password"');
  });

  test('answers a frame of a web origin by message', async () => {
    const tenant = fixtureTenant();
    const response = await fixtureBrowser(tenant).authorize(CUSTOMERS_ORIGIN, {
      ...request({ client_id: 'desk', redirect_uri: 'http://desk.localhost:5000/callback' }),
      organization: 'org_nordwind',
      prompt: 'none',
      response_mode: 'web_message',
      state: '</script>',
    });
    expect(response.headers.get('content-security-policy')).toContain(
      'frame-ancestors http://desk.localhost:5000',
    );
    const page = await response.text();
    expect(page).toContain('"error":"login_required"');
    expect(page).toContain('"state":"\\u003c/script>"');
    expect(page).toContain('"http://desk.localhost:5000")');
  });

  test('is refused for an organization of others', async () => {
    const tenant = fixtureTenant({
      change: (seed) => {
        for (const organization of seed.organizations) {
          organization.members = [];
        }
      },
    });
    const browser = fixtureBrowser(tenant);
    const page = await browser.authorize(CUSTOMERS_ORIGIN, {
      ...request({ client_id: 'desk', redirect_uri: 'http://desk.localhost:5000/callback' }),
      organization: 'org_nordwind',
    });
    const back = locationOf(
      await browser.submit(page, CUSTOMERS_ORIGIN, nora.email, 'nora-password'),
    );
    expect(back.searchParams.get('error')).toBe('access_denied');
  });
});

describe('a code', () => {
  const codeOf = async (tenant: ReturnType<typeof fixtureTenant>, overrides = {}) => {
    const browser = fixtureBrowser(tenant);
    const page = await browser.authorize(AGENTS_ORIGIN, request(overrides));
    const back = locationOf(await browser.submit(page, AGENTS_ORIGIN, sam.email, 'sam-password'));
    return back.searchParams.get('code') ?? '';
  };
  const redeem = (
    tenant: ReturnType<typeof fixtureTenant>,
    code: string,
    overrides: Record<string, string | undefined> = {},
    origin = AGENTS_ORIGIN,
  ) =>
    post(tenant, `${origin}/oauth/token`, {
      grant_type: 'authorization_code',
      client_id: 'extension',
      code,
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
      ...overrides,
    });

  test('works once', async () => {
    const tenant = fixtureTenant();
    const code = await codeOf(tenant);
    expect((await redeem(tenant, code)).status).toBe(200);
    const again = await redeem(tenant, code);
    expect(again.status).toBe(403);
    expect(again.body['error']).toBe('invalid_grant');
  });

  test.each([
    ['another verifier', { code_verifier: 'a'.repeat(43) }],
    ['no verifier', { code_verifier: undefined }],
    ['another redirect URI', { redirect_uri: `${CALLBACK}2` }],
    ['another client', { client_id: 'desk' }],
  ])('is refused with %s', async (_, overrides) => {
    const tenant = fixtureTenant();
    const { body } = await redeem(tenant, await codeOf(tenant), overrides);
    expect(body['error']).toBe('invalid_grant');
    expect(logTypesOf(tenant).at(-1)).toBe('feacft');
  });

  test('is refused on the other domain', async () => {
    const tenant = fixtureTenant();
    const { body } = await redeem(tenant, await codeOf(tenant), {}, CUSTOMERS_ORIGIN);
    expect(body['error']).toBe('invalid_grant');
  });

  test('is refused after a minute', async () => {
    const tenant = fixtureTenant();
    const code = await codeOf(tenant);
    tenant.wait(60);
    expect((await redeem(tenant, code)).body['error']).toBe('invalid_grant');
  });

  test('of a trainee has no permissions, whatever was asked for', async () => {
    const tenant = fixtureTenant({
      change: (seed) => {
        for (const role of seed.roles) {
          role.members = [];
        }
      },
    });
    const code = await codeOf(tenant, { audience: API, scope: 'openid impersonate:customers' });
    const { body } = await redeem(tenant, code);
    expect(body['scope']).toBe('openid');
    const claims = JSON.parse(
      Buffer.from(String(body['access_token']).split('.')[1] ?? '', 'base64url').toString(),
    ) as Record<string, unknown>;
    expect(claims['permissions']).toEqual([]);
  });

  test('the answer is not cached', async () => {
    const tenant = fixtureTenant();
    const { headers } = await redeem(tenant, await codeOf(tenant));
    expect(headers.get('cache-control')).toBe('no-store');
  });
});
