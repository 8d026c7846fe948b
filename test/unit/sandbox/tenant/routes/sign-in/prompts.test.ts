import { describe, expect, test } from 'vitest';
import { type FixtureBrowser, fixtureBrowser, locationOf } from '../../fixture-browser.ts';
import { exchange, logTypesOf, mint, redemption, signInAgent } from '../../fixture-delegation.ts';
import { fixtureManagement } from '../../fixture-management.ts';
import { CUSTOMERS_ORIGIN, nora } from '../../fixture-seed.ts';
import { fixtureTenant } from '../../fixture-tenant.ts';

type Options = Parameters<typeof fixtureTenant>[0];

const NORA_PATH = `/users/${encodeURIComponent(nora.user_id)}`;
const flagged = { app_metadata: { multifactor_required: true } };
const thirdParty = { is_first_party: false };

/** A tenant that the Management API changed so that Nora or the Shop needs a prompt. */
const tenantWhere = async (
  changes: { user?: object | undefined; shop?: object | undefined },
  options: Options = {},
) => {
  const tenant = fixtureTenant(options);
  const call = fixtureManagement(tenant);
  if (changes.user) {
    expect((await call('PATCH', NORA_PATH, changes.user)).status).toBe(200);
  }
  if (changes.shop) {
    expect((await call('PATCH', '/clients/shop', changes.shop)).status).toBe(200);
  }
  return tenant;
};

/** Nora signs in at the Shop with her password, and this is the page or redirect that follows. */
const signInNora = async (browser: FixtureBrowser): Promise<Response> => {
  const page = await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', undefined));
  return browser.submit(page, CUSTOMERS_ORIGIN, nora.email, 'nora-password');
};

const stateOn = async (page: Response): Promise<string> =>
  (await page.text()).match(/name="state" value="([^"]+)"/)?.[1] ?? '';

/** Answers a prompt; gives the raw answer, which may be the next prompt's address. */
const answer = (
  browser: FixtureBrowser,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) =>
  browser.send(new URL(path, CUSTOMERS_ORIGIN), {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
  });

describe('a user who needs a second factor', () => {
  const atChallenge = async () => {
    const tenant = await tenantWhere({ user: flagged });
    const browser = fixtureBrowser(tenant);
    const page = await signInNora(browser);
    const text = await page.clone().text();
    expect(text).toContain('name="code"');
    expect(text).toContain('246810');
    expect(browser.jarOf(CUSTOMERS_ORIGIN).has('auth0')).toBe(false);
    return { tenant, browser, state: await stateOn(page) };
  };

  test('is let in with the code, once a session', async () => {
    const { tenant, browser, state } = await atChallenge();
    const done = await answer(browser, '/u/mfa-otp-challenge', { state, code: '246 810' });
    expect(locationOf(done).searchParams.has('code')).toBe(true);
    expect(logTypesOf(tenant).slice(-2)).toEqual(['gd_auth_succeed', 's']);
    const again = await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', undefined));
    expect(locationOf(again).searchParams.has('code')).toBe(true);
  });

  test('has both methods in the session', async () => {
    const { tenant, browser, state } = await atChallenge();
    await answer(browser, '/u/mfa-otp-challenge', { state, code: '246810' });
    const { body } = await fixtureManagement(tenant)('GET', `${NORA_PATH}/sessions`);
    expect(body).toMatchObject({
      sessions: [{ authentication: { methods: [{ name: 'pwd' }, { name: 'mfa', type: 'otp' }] } }],
    });
  });

  test('may try again after a wrong code', async () => {
    const { tenant, browser, state } = await atChallenge();
    const wrong = await answer(browser, '/u/mfa-otp-challenge', { state, code: '111111' });
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('That code is wrong.');
    expect(logTypesOf(tenant).at(-1)).toBe('gd_auth_failed');
    const right = await answer(browser, '/u/mfa-otp-challenge', { state, code: '246810' });
    expect(right.status).toBe(302);
  });

  test.each<[string, { otherBrowser?: true; headers?: Record<string, string>; wait?: number }]>([
    ['from another browser', { otherBrowser: true }],
    ['from another site', { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['too late', { wait: 3600 }],
  ])('is not let in %s', async (_, how) => {
    const { tenant, browser, state } = await atChallenge();
    tenant.wait(how.wait ?? 0);
    const from = how.otherBrowser ? fixtureBrowser(tenant) : browser;
    const fields = { state, code: '246810' };
    const refused = await answer(from, '/u/mfa-otp-challenge', fields, how.headers);
    expect(refused.status).toBe(400);
    expect(tenant.context.memory.sessions.size).toBe(0);
  });

  test('cannot skip it by way of the consent', async () => {
    const { tenant, browser, state } = await atChallenge();
    const skipped = await answer(browser, '/u/consent', { state, action: 'accept' });
    expect(skipped.status).toBe(400);
    expect(tenant.context.memory.consents.size).toBe(0);
  });

  test('is asked in a session from before, and only then', async () => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    await signInNora(browser);
    await fixtureManagement(tenant)('PATCH', NORA_PATH, flagged);
    const silent = { ...redemption('shop', undefined), prompt: 'none' };
    const quiet = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, silent));
    expect(quiet.searchParams.get('error')).toBe('interaction_required');
    expect(logTypesOf(tenant).at(-1)).toBe('fsa');
    const page = await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', undefined));
    const state = await stateOn(page);
    const done = await answer(browser, '/u/mfa-otp-challenge', { state, code: '246810' });
    expect(locationOf(done).searchParams.has('code')).toBe(true);
    expect(tenant.context.memory.sessions.size).toBe(1);
    const after = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, silent));
    expect(after.searchParams.has('code')).toBe(true);
  });

  test.each(['invalid_request', 'mfa_required'] as const)(
    'is not exchanged for an actor: 400 %s by choice',
    async (code) => {
      const choices = { multifactorAtExchangeCode: code };
      const tenant = await tenantWhere({ user: flagged }, { choices });
      const { id_token } = await signInAgent(tenant);
      const refused = await exchange(tenant, id_token);
      expect(refused.status).toBe(400);
      expect(refused.body['error']).toBe(code);
      expect(tenant.context.log.entries.at(-1)).toMatchObject({
        type: 'fecte',
        description:
          'MFA is not supported using actor_token with the requested token exchange profile.',
      });
    },
  );
});

describe('a client that needs consent', () => {
  const atConsent = async () => {
    const tenant = await tenantWhere({ shop: thirdParty });
    const browser = fixtureBrowser(tenant);
    const page = await signInNora(browser);
    expect(await page.clone().text()).toContain('Authorize shop');
    return { tenant, browser, state: await stateOn(page) };
  };

  test('gets it once and for all', async () => {
    const { tenant, browser, state } = await atConsent();
    const done = await answer(browser, '/u/consent', { state, action: 'accept' });
    expect(locationOf(done).searchParams.has('code')).toBe(true);
    const elsewhere = await signInNora(fixtureBrowser(tenant));
    expect(locationOf(elsewhere).searchParams.has('code')).toBe(true);
  });

  test('hears when it was declined, and nobody is signed in', async () => {
    const { tenant, browser, state } = await atConsent();
    const declined = locationOf(await answer(browser, '/u/consent', { state, action: 'deny' }));
    expect(declined.searchParams.get('error')).toBe('access_denied');
    expect(tenant.context.memory.sessions.size).toBe(0);
    expect(tenant.context.log.entries.at(-1)).toMatchObject({
      type: 'f',
      description: 'User did not authorize the request',
      user_id: nora.user_id,
    });
    expect((await answer(browser, '/u/consent', { state, action: 'accept' })).status).toBe(400);
  });

  test('is told so where nothing may be shown', async () => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    await signInNora(browser);
    await fixtureManagement(tenant)('PATCH', '/clients/shop', thirdParty);
    const silent = { ...redemption('shop', undefined), prompt: 'none' };
    const quiet = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, silent));
    expect(quiet.searchParams.get('error')).toBe('consent_required');
  });

  test('does not stop the exchange, which does not know the client', async () => {
    const tenant = await tenantWhere({ shop: thirdParty });
    const { id_token } = await signInAgent(tenant);
    expect((await exchange(tenant, id_token)).status).toBe(200);
  });
});

test('a second factor comes before the consent', async () => {
  const tenant = await tenantWhere({ user: flagged, shop: thirdParty });
  const browser = fixtureBrowser(tenant);
  const state = await stateOn(await signInNora(browser));
  const next = await answer(browser, '/u/mfa-otp-challenge', { state, code: '246810' });
  expect(next.headers.get('location')).toMatch(/^\/u\/consent\?state=/);
});

describe('a delegation is refused with interaction_required', () => {
  test.each<[string, { user?: object; shop?: object }]>([
    ['multifactor-required', { user: flagged }],
    ['consent-required', { shop: thirdParty }],
  ])('%s', async (type, changes) => {
    const tenant = fixtureTenant();
    const token = await mint(tenant);
    const call = fixtureManagement(tenant);
    if (changes.user) {
      await call('PATCH', NORA_PATH, changes.user);
    }
    if (changes.shop) {
      await call('PATCH', '/clients/shop', changes.shop);
    }
    const browser = fixtureBrowser(tenant);
    const back = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', token)));
    expect(back.searchParams.get('error')).toBe('interaction_required');
    expect(browser.jarOf(CUSTOMERS_ORIGIN).has('auth0')).toBe(false);
    expect(tenant.context.log.entries.at(-1)).toMatchObject({
      type: 'f',
      details: { error: { oauthError: 'interaction_required', type } },
    });
  });

  test('but not where the customer consented before', async () => {
    const tenant = await tenantWhere({ shop: thirdParty });
    const theirs = fixtureBrowser(tenant);
    const state = await stateOn(await signInNora(theirs));
    await answer(theirs, '/u/consent', { state, action: 'accept' });
    const back = locationOf(
      await fixtureBrowser(tenant).authorize(
        CUSTOMERS_ORIGIN,
        redemption('shop', await mint(tenant)),
      ),
    );
    expect(back.searchParams.has('code')).toBe(true);
  });

  test('and creates no consent itself', async () => {
    const tenant = fixtureTenant();
    await fixtureBrowser(tenant).authorize(
      CUSTOMERS_ORIGIN,
      redemption('shop', await mint(tenant)),
    );
    expect(tenant.context.memory.consents.size).toBe(0);
  });

  test('also in a delegated session that comes to another client, with or without a page', async () => {
    const tenant = fixtureTenant({ choices: { delegatedSessionReach: 'suite' } });
    const browser = fixtureBrowser(tenant);
    await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', await mint(tenant)));
    await fixtureManagement(tenant)('PATCH', '/clients/desk', thirdParty);
    for (const prompt of [undefined, 'none']) {
      const parameters = redemption('desk', undefined, { prompt });
      const back = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, parameters));
      expect(back.searchParams.get('error')).toBe('interaction_required');
      expect(logTypesOf(tenant).at(-1)).toBe('fdelsa');
    }
  });
});
