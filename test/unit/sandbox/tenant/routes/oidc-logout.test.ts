import { describe, expect, test } from 'vitest';
import { fixtureBrowser, locationOf } from '../fixture-browser.ts';
import { logTypesOf, signInAgent } from '../fixture-delegation.ts';
import { AGENTS_ORIGIN, sam } from '../fixture-seed.ts';
import { fixtureTenant } from '../fixture-tenant.ts';

type Options = Parameters<typeof fixtureTenant>[0] & {
  method?: 'GET' | 'POST';
  promptEnabled?: boolean;
};

const HOME = 'http://extension.localhost:5000';

/** Sam, signed in, goes to `/oidc/logout`; HINT and SID stand for those of the session. */
const visit = async (parameters: Record<string, string>, options: Options = {}) => {
  const tenant = fixtureTenant(options);
  tenant.context.conditions.oidcLogoutPromptEnabled = options.promptEnabled ?? true;
  const browser = fixtureBrowser(tenant);
  const { id_token } = await signInAgent(tenant, browser);
  const [session] = tenant.context.memory.sessions.values();
  const real: Record<string, string> = { HINT: String(id_token), SID: session?.id ?? '' };
  const url = new URL('/oidc/logout', AGENTS_ORIGIN);
  const filled = new URLSearchParams(
    Object.entries(parameters).map(([name, value]) => [name, real[value] ?? value]),
  );
  const post = options.method === 'POST';
  if (!post) {
    url.search = String(filled);
  }
  const response = await browser.send(url, post ? { method: 'POST', body: filled } : {});
  const signedIn = () => tenant.context.memory.sessions.size > 0;
  return { tenant, browser, response, signedIn };
};

const stateOn = async (response: Response): Promise<string> =>
  (await response.text()).match(/name="state" value="([^"]+)"/)?.[1] ?? '';

describe('with a hint of the browser’s own session, it signs out', () => {
  test.each<[string, Record<string, string>]>([
    ['an ID token', { id_token_hint: 'HINT', post_logout_redirect_uri: HOME }],
    [
      'a session id',
      { logout_hint: 'SID', client_id: 'extension', post_logout_redirect_uri: HOME },
    ],
    [
      'all of it',
      {
        id_token_hint: 'HINT',
        logout_hint: 'SID',
        client_id: 'extension',
        post_logout_redirect_uri: HOME,
      },
    ],
  ])('%s', async (_, parameters) => {
    const { response, signedIn, tenant } = await visit({ ...parameters, state: 's t' });
    expect(locationOf(response).href).toBe(`${HOME}/?state=s+t`);
    expect(signedIn()).toBe(false);
    expect(tenant.context.log.entries.at(-1)).toMatchObject({
      type: 'slo',
      client_id: 'extension',
      user_id: sam.user_id,
    });
  });

  test('by POST too', async () => {
    const { response, signedIn } = await visit(
      { id_token_hint: 'HINT', post_logout_redirect_uri: HOME },
      { method: 'POST' },
    );
    expect(locationOf(response).origin).toBe(HOME);
    expect(signedIn()).toBe(false);
  });

  test('and goes to the client’s first address where none is asked for', async () => {
    const { response } = await visit({ id_token_hint: 'HINT', client_id: 'extension' });
    expect(locationOf(response).origin).toBe(HOME);
  });

  test('and shows a page where there is nowhere to go', async () => {
    const { response } = await visit({ id_token_hint: 'HINT' });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Signed out');
  });
});

test('an expired ID token is still a hint', async () => {
  const tenant = fixtureTenant();
  const browser = fixtureBrowser(tenant);
  const { id_token } = await signInAgent(tenant, browser);
  tenant.wait(11 * 60 * 60);
  await browser.get(new URL(`/oidc/logout?id_token_hint=${String(id_token)}`, AGENTS_ORIGIN));
  expect(tenant.context.memory.sessions.size).toBe(0);
});

describe('without one, it asks first', () => {
  test.each<[string, Record<string, string>]>([
    ['no hint', {}],
    ['only a client', { client_id: 'extension', post_logout_redirect_uri: HOME }],
    ['another session’s id', { logout_hint: 'other', client_id: 'extension' }],
  ])('%s', async (_, parameters) => {
    const { response, signedIn, browser, tenant } = await visit(parameters);
    expect(response.status).toBe(200);
    expect(signedIn()).toBe(true);
    const state = await stateOn(response);
    const confirmed = await browser.send(new URL('/oidc/logout/confirm', AGENTS_ORIGIN), {
      method: 'POST',
      body: new URLSearchParams({ state }),
    });
    expect(signedIn()).toBe(false);
    expect(confirmed.headers.get('location')).toBe(parameters['client_id'] ? HOME : null);
    expect(logTypesOf(tenant).at(-1)).toBe('slo');
  });

  test('but not where the tenant has that turned off', async () => {
    const { response, signedIn } = await visit(
      { client_id: 'extension' },
      { promptEnabled: false },
    );
    expect(locationOf(response).origin).toBe(HOME);
    expect(signedIn()).toBe(false);
  });

  test('and not somebody without a session', async () => {
    const tenant = fixtureTenant();
    const url = new URL('/oidc/logout?client_id=extension', AGENTS_ORIGIN);
    const response = await fixtureBrowser(tenant).get(url);
    expect(locationOf(response).origin).toBe(HOME);
    expect(logTypesOf(tenant)).toEqual([]);
  });

  test('and takes the answer once, in time, from the same browser', async () => {
    const { response, signedIn, browser, tenant } = await visit({});
    const state = await stateOn(response);
    const answer = (from: typeof browser) =>
      from.send(new URL('/oidc/logout/confirm', AGENTS_ORIGIN), {
        method: 'POST',
        body: new URLSearchParams({ state }),
      });
    expect((await answer(fixtureBrowser(tenant))).status).toBe(400);
    expect(signedIn()).toBe(true);
    tenant.wait(600);
    expect((await answer(browser)).status).toBe(400);
    expect(signedIn()).toBe(true);
    tenant.wait(-1);
    expect((await answer(browser)).status).toBe(200);
    expect((await answer(browser)).status).toBe(400);
  });
});

describe('refused, and ends nothing', () => {
  test.each<[string, Record<string, string>]>([
    ['a made-up ID token', { id_token_hint: 'made-up' }],
    ['an unknown client', { client_id: 'nobody' }],
    ['another client than the hint’s', { id_token_hint: 'HINT', client_id: 'shop' }],
    ['two hints of different sessions', { id_token_hint: 'HINT', logout_hint: 'other' }],
    [
      'an address that is not allowed',
      { id_token_hint: 'HINT', post_logout_redirect_uri: 'https://evil.example' },
    ],
    [
      'the tenant’s address for a named client',
      {
        id_token_hint: 'HINT',
        client_id: 'extension',
        post_logout_redirect_uri: 'http://www.localhost:5000/bye',
      },
    ],
    ['a client’s address without the client', { post_logout_redirect_uri: HOME }],
  ])('%s', async (_, parameters) => {
    const { response, signedIn } = await visit(parameters);
    expect(response.status).toBe(400);
    expect(response.headers.has('location')).toBe(false);
    expect(signedIn()).toBe(true);
  });

  test('a parameter that is given twice', async () => {
    const tenant = fixtureTenant();
    const url = new URL('/oidc/logout?client_id=extension&client_id=shop', AGENTS_ORIGIN);
    expect((await fixtureBrowser(tenant).get(url)).status).toBe(400);
  });
});

test.each([
  ['application', HOME, 302],
  ['application', 'http://www.localhost:5000/bye', 400],
  ['tenant', HOME, 400],
  ['tenant', 'http://www.localhost:5000/bye', 302],
] as const)('a hint selects the addresses of the %s: %s', async (choice, target, status) => {
  const { response } = await visit(
    { id_token_hint: 'HINT', post_logout_redirect_uri: target },
    { choices: { hintSelectsLogoutUrlsOf: choice } },
  );
  expect(response.status).toBe(status);
});
