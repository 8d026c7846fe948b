import { describe, expect, test } from 'vitest';
import { fixtureBrowser, locationOf } from '../fixture-browser.ts';
import { appTokens, logTypesOf, mint, redemption, signInAgent } from '../fixture-delegation.ts';
import { AGENTS_ORIGIN, CUSTOMERS_ORIGIN, nora } from '../fixture-seed.ts';
import { fixtureTenant } from '../fixture-tenant.ts';
import { errorOn, redeem } from './redeem.ts';

describe('the browser', () => {
  test('with a session on the domain is asked to log out first', async () => {
    const { tenant, browser } = await redeem();
    const second = await mint(tenant);
    const response = await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', second));
    expect(response.status).toBe(400);
    expect(await errorOn(response)).toBe('existing_session');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('can go on after logging out there', async () => {
    const { tenant, browser } = await redeem();
    await browser.get(new URL('/v2/logout?client_id=shop', CUSTOMERS_ORIGIN));
    const response = await browser.authorize(
      CUSTOMERS_ORIGIN,
      redemption('shop', await mint(tenant)),
    );
    expect(locationOf(response).searchParams.has('code')).toBe(true);
  });

  test('with a session on the agents’ domain only is welcome', async () => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    await signInAgent(tenant, browser);
    expect(browser.jarOf(AGENTS_ORIGIN).has('auth0')).toBe(true);
    const response = await browser.authorize(
      CUSTOMERS_ORIGIN,
      redemption('shop', await mint(tenant)),
    );
    expect(locationOf(response).searchParams.has('code')).toBe(true);
  });

  test('with only a device cookie is welcome', async () => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', undefined));
    expect([...browser.jarOf(CUSTOMERS_ORIGIN).keys()]).toEqual(['did', 'did_compat']);
    const response = await browser.authorize(
      CUSTOMERS_ORIGIN,
      redemption('shop', await mint(tenant)),
    );
    expect(locationOf(response).searchParams.has('code')).toBe(true);
  });
});

describe('the customer', () => {
  test('who was blocked meanwhile is refused', async () => {
    const tenant = fixtureTenant();
    const token = await mint(tenant);
    Object.assign(tenant.context.directory.users.get(nora.user_id) ?? {}, { blocked: true });
    const response = await fixtureBrowser(tenant).authorize(
      CUSTOMERS_ORIGIN,
      redemption('shop', token),
    );
    expect(locationOf(response).searchParams.get('error')).toBe('access_denied');
  });

  test('whom the post-login Action refuses is refused, and no session starts', async () => {
    const tenant = fixtureTenant();
    const token = await mint(tenant);
    const user = tenant.context.directory.users.get(nora.user_id);
    Object.assign(user ?? {}, { app_metadata: { refuse_at: 'session' } });
    const browser = fixtureBrowser(tenant);
    const response = await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', token));
    expect(locationOf(response).searchParams.get('error_description')).toBe(
      'refused in the session',
    );
    expect(browser.jarOf(CUSTOMERS_ORIGIN).has('auth0')).toBe(false);
  });

  test('has no login counted', async () => {
    const { tenant } = await redeem();
    const user = tenant.context.directory.users.get(nora.user_id);
    expect(user?.logins_count).toBe(0);
    expect(user?.last_login).toBeUndefined();
  });
});

describe('the delegated session', () => {
  test('signs on silently with the actor still there, and logs it', async () => {
    const { tenant, browser } = await redeem();
    const back = locationOf(
      await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', undefined, { prompt: 'none' })),
    );
    const { body } = await appTokens(tenant, 'shop', back.searchParams.get('code'));
    expect(
      Buffer.from(String(body['id_token']).split('.')[1] ?? '', 'base64url').toString(),
    ).toContain('"act":{"sub":');
    expect(logTypesOf(tenant).slice(-2)).toEqual(['sdelsa', 'sdeleacft']);
  });

  test.each([
    ['app', false],
    ['suite', true],
  ] as const)('with reach "%s" signs on to another app: %s', async (reach, elsewhere) => {
    const { browser } = await redeem({ choices: { delegatedSessionReach: reach } });
    const back = locationOf(
      await browser.authorize(CUSTOMERS_ORIGIN, redemption('desk', undefined, { prompt: 'none' })),
    );
    expect(back.searchParams.has('code')).toBe(elsewhere);
  });

  test('failing silently is logged as delegated', async () => {
    const { tenant, browser } = await redeem();
    await browser.authorize(CUSTOMERS_ORIGIN, redemption('desk', undefined, { prompt: 'none' }));
    expect(logTypesOf(tenant).at(-1)).toBe('fdelsa');
  });

  test('a code of it that does not verify is logged as delegated', async () => {
    const { tenant, response } = await redeem();
    const code = locationOf(response).searchParams.get('code');
    await appTokens(tenant, 'desk', code);
    expect(logTypesOf(tenant).at(-1)).toBe('fdeleacft');
  });
});
