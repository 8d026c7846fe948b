import { decodeProtectedHeader } from 'jose';
import { describe, expect, test } from 'vitest';
import type { TenantClient } from '../../../../../src/sandbox/tenant/model.ts';
import { claimsOf, fixtureBrowser } from '../fixture-browser.ts';
import { mint, redemption, sessionIdOf } from '../fixture-delegation.ts';
import { fixtureManagement } from '../fixture-management.ts';
import { CUSTOMERS_ORIGIN, nora } from '../fixture-seed.ts';
import { type FixtureTenant, fixtureTenant } from '../fixture-tenant.ts';

const BACKCHANNEL_LOGOUT = 'http://shop.localhost:5000/backchannel-logout';

type Settings = NonNullable<TenantClient['oidc_logout']>;

/** Sam in a browser as Nora, at a Shop that takes logout tokens as its settings say. */
const delegated = async (settings: Settings) => {
  const tenant = fixtureTenant({
    change: (seed) => {
      const shop = seed.clients.find((client) => client.client_id === 'shop');
      Object.assign(shop ?? {}, { oidc_logout: settings });
    },
  });
  const browser = fixtureBrowser(tenant);
  await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', await mint(tenant)));
  const entry = tenant.context.log.entries.find(({ type }) => type === 'sdel');
  return { tenant, browser, sessionId: sessionIdOf(entry) };
};

const logOut = async ({ browser, tenant }: Awaited<ReturnType<typeof delegated>>) => {
  await browser.get(new URL('/v2/logout?client_id=shop', CUSTOMERS_ORIGIN));
  await tenant.settle();
};

const deleteSession = async (tenant: FixtureTenant, sessionId: string) => {
  await fixtureManagement(tenant)('DELETE', `/sessions/${sessionId}`);
  tenant.wait(1);
  await tenant.settle();
};

describe('a logout token', () => {
  test('has the claims of the specification, for its client and session', async () => {
    const session = await delegated({ backchannel_logout_urls: [BACKCHANNEL_LOGOUT] });
    await logOut(session);
    const { posted } = session.tenant;
    expect(posted.map((each) => each.url)).toEqual([BACKCHANNEL_LOGOUT]);
    expect(claimsOf(posted[0]?.logoutToken)).toEqual({
      iss: 'http://customers.localhost:4000/',
      sub: nora.user_id,
      aud: 'shop',
      iat: 1795168800,
      exp: 1795168920,
      jti: expect.stringMatching(/^random-\d+$/),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      sid: session.sessionId,
    });
    expect(decodeProtectedHeader(posted[0]?.logoutToken ?? '')).toEqual({
      alg: 'RS256',
      typ: 'logout+jwt',
      kid: 'test-key',
    });
  });

  test('goes to nobody without a URL', async () => {
    const session = await delegated({});
    await logOut(session);
    expect(session.tenant.posted).toEqual([]);
  });

  test('goes to the clients of the session only', async () => {
    const session = await delegated({ backchannel_logout_urls: [BACKCHANNEL_LOGOUT] });
    const desk = session.tenant.context.directory.clients.get('desk');
    Object.assign(desk ?? {}, {
      oidc_logout: { backchannel_logout_urls: ['http://desk.localhost:5000/out'] },
    });
    await logOut(session);
    expect(session.tenant.posted.map((each) => each.url)).toEqual([BACKCHANNEL_LOGOUT]);
  });

  test('never gets into the log', async () => {
    const session = await delegated({ backchannel_logout_urls: [BACKCHANNEL_LOGOUT] });
    await logOut(session);
    const log = JSON.stringify(session.tenant.context.log.entries);
    expect(log).not.toContain(session.tenant.posted[0]?.logoutToken);
    expect(log).not.toContain(URL);
  });
});

describe('a deletion by the Management API', () => {
  test.each<[string, Settings['backchannel_logout_initiators'], number]>([
    ['no initiators', undefined, 0],
    ['none selected', { mode: 'custom' }, 0],
    ['others selected', { mode: 'custom', selected_initiators: ['password-changed'] }, 0],
    ['its own selected', { mode: 'custom', selected_initiators: ['session-deleted'] }, 1],
    ['all', { mode: 'all' }, 1],
  ])('with %s posts as often as that says', async (_, initiators, count) => {
    const { tenant, sessionId } = await delegated({
      backchannel_logout_urls: [BACKCHANNEL_LOGOUT],
      backchannel_logout_initiators: initiators,
    });
    await deleteSession(tenant, sessionId);
    expect(tenant.posted).toHaveLength(count);
  });

  test('goes by the other name where the choice says so', async () => {
    const { tenant, sessionId } = await delegated({
      backchannel_logout_urls: [BACKCHANNEL_LOGOUT],
      backchannel_logout_initiators: {
        mode: 'custom',
        selected_initiators: ['session-revoked'],
      },
    });
    tenant.context.choices.sessionDeletionInitiator = 'session-revoked';
    await deleteSession(tenant, sessionId);
    expect(tenant.posted).toHaveLength(1);
  });

  test('posts once, however often it is asked for', async () => {
    const { tenant, sessionId } = await delegated({
      backchannel_logout_urls: [BACKCHANNEL_LOGOUT],
      backchannel_logout_initiators: { mode: 'all' },
    });
    await fixtureManagement(tenant)('DELETE', `/sessions/${sessionId}`);
    await deleteSession(tenant, sessionId);
    expect(tenant.posted).toHaveLength(1);
  });
});

describe('the log says that the application', () => {
  test.each<[string, number | undefined, string, string]>([
    [
      'took it',
      204,
      'oidc_backchannel_logout_succeeded',
      'Successful OIDC Back-Channel Logout request',
    ],
    ['refused it', 400, 'oidc_backchannel_logout_failed', 'The application answered 400.'],
    ['was away', undefined, 'oidc_backchannel_logout_failed', 'The application answered nothing.'],
  ])('%s', async (_, status, type, description) => {
    const session = await delegated({ backchannel_logout_urls: [BACKCHANNEL_LOGOUT] });
    session.tenant.answerLogoutWith(status);
    await logOut(session);
    expect(session.tenant.context.log.entries.at(-1)).toMatchObject({
      type,
      description,
      client_id: 'shop',
      user_id: nora.user_id,
      details: { session_id: session.sessionId },
    });
  });
});
