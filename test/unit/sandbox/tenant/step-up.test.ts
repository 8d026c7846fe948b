import { describe, expect, test } from 'vitest';
import {
  challenge,
  claimsOf,
  type FixtureBrowser,
  fixtureBrowser,
  locationOf,
  post,
  VERIFIER,
} from './fixture-browser.ts';
import { logTypesOf } from './fixture-delegation.ts';
import { fixtureManagement } from './fixture-management.ts';
import { AGENTS_ORIGIN, sam } from './fixture-seed.ts';
import { type FixtureTenant, fixtureTenant } from './fixture-tenant.ts';

const CALLBACK = 'http://extension.localhost:5000/callback';
const MULTI_FACTOR = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

/** Asks for a second factor where the request does, and counts how often it ran. */
const STEP_UP_ACTION = `
let runs = 0;
exports.onExecutePostLogin = async (event, api) => {
  runs += 1;
  api.idToken.setCustomClaim('https://sandbox.example/runs', runs);
  const wanted = event.transaction.acr_values.includes('${MULTI_FACTOR}');
  if (wanted || event.user.app_metadata.always) api.multifactor.enable('any', { allowRememberBrowser: false });
};`;

const stepUpTenant = () => fixtureTenant({ postLogin: { code: STEP_UP_ACTION, secrets: {} } });

const authorize = (browser: FixtureBrowser, more: Record<string, string> = {}) =>
  browser.authorize(AGENTS_ORIGIN, {
    response_type: 'code',
    client_id: 'extension',
    redirect_uri: CALLBACK,
    scope: 'openid offline_access',
    state: 'st',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  });

const signIn = async (browser: FixtureBrowser, more: Record<string, string> = {}) =>
  browser.submit(await authorize(browser, more), AGENTS_ORIGIN, sam.email, 'sam-password');

const answerCode = async (browser: FixtureBrowser, page: Response): Promise<Response> => {
  const state = (await page.text()).match(/name="state" value="([^"]+)"/)?.[1] ?? '';
  return browser.send(new URL('/u/mfa-otp-challenge', AGENTS_ORIGIN), {
    method: 'POST',
    body: new URLSearchParams({ state, code: '246810' }),
  });
};

const isLoginPage = async (page: Response): Promise<boolean> =>
  page.status === 200 && (await page.clone().text()).includes('name="password"');

const redeem = async (tenant: FixtureTenant, answer: Response) => {
  const { body } = await post(tenant, `${AGENTS_ORIGIN}/oauth/token`, {
    grant_type: 'authorization_code',
    client_id: 'extension',
    code: locationOf(answer).searchParams.get('code') ?? '',
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
  });
  return body;
};

const refresh = (tenant: FixtureTenant, token: unknown) =>
  post(tenant, `${AGENTS_ORIGIN}/oauth/token`, {
    grant_type: 'refresh_token',
    client_id: 'extension',
    refresh_token: String(token),
  });

describe('max_age', () => {
  test('asks for the password again where the sign-in is older, and the ID token says when that was', async () => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    await signIn(browser);
    tenant.wait(301);
    expect(await isLoginPage(await authorize(browser, { max_age: '300' }))).toBe(true);
    const signedInAt = tenant.now() / 1000;
    const tokens = await redeem(tenant, await signIn(browser, { max_age: '300' }));
    expect(claimsOf(tokens['id_token'])['auth_time']).toBe(signedInAt);
  });

  test('asks for nothing where the sign-in is young enough', async () => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    await signIn(browser);
    const signedInAt = tenant.now() / 1000;
    tenant.wait(300);
    const tokens = await redeem(tenant, await authorize(browser, { max_age: '300' }));
    expect(claimsOf(tokens['id_token'])).toMatchObject({
      auth_time: signedInAt,
      iat: signedInAt + 300,
    });
  });

  test('of an older sign-in that may show no page is refused', async () => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    await signIn(browser);
    tenant.wait(301);
    const back = locationOf(await authorize(browser, { max_age: '300', prompt: 'none' }));
    expect(back.searchParams.get('error')).toBe('login_required');
  });

  test.each(['-1', '1.5', 'soon', ''])('of "%s" is refused', async (max_age) => {
    const back = locationOf(await authorize(fixtureBrowser(fixtureTenant()), { max_age }));
    expect(back.searchParams.get('error')).toBe('invalid_request');
  });
});

test('a refresh makes no sign-in younger', async () => {
  const tenant = fixtureTenant();
  const tokens = await redeem(tenant, await signIn(fixtureBrowser(tenant)));
  const signedInAt = tenant.now() / 1000;
  tenant.wait(600);
  const { body } = await refresh(tenant, tokens['refresh_token']);
  expect(claimsOf(body['id_token'])).toMatchObject({
    auth_time: signedInAt,
    iat: signedInAt + 600,
  });
});

describe('a second factor that the request asks for', () => {
  const STRONG = { acr_values: MULTI_FACTOR };

  test('is asked for after the password, and the ID token says that it was given', async () => {
    const tenant = stepUpTenant();
    const browser = fixtureBrowser(tenant);
    const done = await answerCode(browser, await signIn(browser, STRONG));
    const { id_token } = await redeem(tenant, done);
    expect(claimsOf(id_token)).toMatchObject({ acr: MULTI_FACTOR, amr: ['mfa'] });
    expect(logTypesOf(tenant).slice(-3)).toEqual(['gd_auth_succeed', 's', 'seacft']);
  });

  test('runs the Actions once for a sign-in', async () => {
    const tenant = stepUpTenant();
    const browser = fixtureBrowser(tenant);
    const done = await answerCode(browser, await signIn(browser, STRONG));
    const { id_token } = await redeem(tenant, done);
    expect(claimsOf(id_token)['https://sandbox.example/runs']).toBe(1);
  });

  test('is all that is asked for in a young session, each time anew', async () => {
    const tenant = stepUpTenant();
    const browser = fixtureBrowser(tenant);
    await signIn(browser);
    for (const _time of ['first', 'second']) {
      const page = await authorize(browser, { ...STRONG, max_age: '300' });
      expect(await page.clone().text()).toContain('name="code"');
      const { id_token } = await redeem(tenant, await answerCode(browser, page));
      expect(claimsOf(id_token)['amr']).toEqual(['mfa']);
    }
    expect(tenant.context.memory.sessions.size).toBe(1);
  });

  test('is not in the ID token of a refresh or of a silent sign-in after it', async () => {
    const tenant = stepUpTenant();
    const browser = fixtureBrowser(tenant);
    const done = await answerCode(browser, await signIn(browser, STRONG));
    const { refresh_token } = await redeem(tenant, done);
    const refreshed = await refresh(tenant, refresh_token);
    const silent = await redeem(tenant, await authorize(browser));
    for (const { id_token } of [refreshed.body, silent]) {
      expect(claimsOf(id_token)['auth_time']).toBe(tenant.now() / 1000);
      expect(claimsOf(id_token)).not.toHaveProperty('amr');
      expect(claimsOf(id_token)).not.toHaveProperty('acr');
    }
  });

  test('is not asked for where no Action wants it', async () => {
    const tenant = fixtureTenant();
    const { id_token } = await redeem(tenant, await signIn(fixtureBrowser(tenant), STRONG));
    expect(claimsOf(id_token)).not.toHaveProperty('amr');
  });

  test('cannot be given where no page may be shown', async () => {
    const tenant = stepUpTenant();
    const browser = fixtureBrowser(tenant);
    await signIn(browser);
    const back = locationOf(await authorize(browser, { ...STRONG, prompt: 'none' }));
    expect(back.searchParams.get('error')).toBe('interaction_required');
  });

  test('cannot be given at a refresh', async () => {
    const tenant = stepUpTenant();
    const tokens = await redeem(tenant, await signIn(fixtureBrowser(tenant)));
    const path = `/users/${encodeURIComponent(sam.user_id)}`;
    await fixtureManagement(tenant)('PATCH', path, { app_metadata: { always: true } });
    const { status, body } = await refresh(tenant, tokens['refresh_token']);
    expect([status, body['error']]).toEqual([403, 'mfa_required']);
  });
});

describe('the lever that makes sign-ins older', () => {
  test('does so in sessions and refresh tokens', async () => {
    const tenant = fixtureTenant();
    const browser = fixtureBrowser(tenant);
    const tokens = await redeem(tenant, await signIn(browser));
    const signedInAt = tenant.now() / 1000;
    const call = fixtureManagement(tenant);
    const { status } = await call('PATCH', '/sandbox/sign-ins', { older_by_seconds: 3600 });
    expect(status).toBe(204);
    expect(await isLoginPage(await authorize(browser, { max_age: '300' }))).toBe(true);
    const { body } = await refresh(tenant, tokens['refresh_token']);
    expect(claimsOf(body['id_token'])['auth_time']).toBe(signedInAt - 3600);
  });

  test.each([{}, { older_by_seconds: 0 }, { older_by_seconds: '60' }])(
    'takes nothing like %j',
    async (body) => {
      const call = fixtureManagement(fixtureTenant());
      expect((await call('PATCH', '/sandbox/sign-ins', body)).status).toBe(400);
    },
  );
});
