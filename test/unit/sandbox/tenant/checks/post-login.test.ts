import { describe, expect, test } from 'vitest';
import { fixtureBrowser, locationOf } from '../fixture-browser.ts';
import {
  exchange,
  logTypesOf,
  mint,
  redemption,
  sessionIdOf,
  signInAgent,
} from '../fixture-delegation.ts';
import { fixtureManagement } from '../fixture-management.ts';
import { CUSTOMERS_ORIGIN, nora } from '../fixture-seed.ts';
import { type FixtureTenant, fixtureTenant } from '../fixture-tenant.ts';

type Note = { metadata?: Record<string, string>; minutes?: number; at_exchange?: boolean };

/** A tenant whose post-login Action notes something on Nora's sessions, in a plan that has all of it. */
const noting = (note: Note): FixtureTenant => {
  const tenant = fixtureTenant({
    change: (seed) => {
      const user = seed.users.find(({ user_id }) => user_id === nora.user_id);
      Object.assign(user?.app_metadata ?? {}, { note });
    },
  });
  Object.assign(tenant.context.conditions, {
    sessionMetadataInPlan: true,
    sessionExpiryInPlan: true,
  });
  return tenant;
};

/** Redeems at Shop; gives where the browser ended, and the session that came of it. */
const redeem = async (tenant: FixtureTenant) => {
  const browser = fixtureBrowser(tenant);
  const response = await browser.authorize(
    CUSTOMERS_ORIGIN,
    redemption('shop', await mint(tenant)),
  );
  const entry = tenant.context.log.entries.find(({ type }) => type === 'sdel');
  const shown = entry
    ? await fixtureManagement(tenant)('GET', `/sessions/${sessionIdOf(entry)}`)
    : undefined;
  return { browser, back: locationOf(response).searchParams, session: shown?.body ?? {} };
};

describe('session metadata', () => {
  test('that a post-login Action sets is shown with the session', async () => {
    const { session } = await redeem(noting({ metadata: { launch: 'l-1' } }));
    expect(session['session_metadata']).toEqual({ launch: 'l-1' });
  });

  test('is in the log of the logout only where the tenant is set to log it', async () => {
    for (const isSet of [true, false]) {
      const tenant = noting({ metadata: { launch: 'l-1' } });
      tenant.context.conditions.includeSessionMetadataInTenantLogs = isSet;
      const { browser } = await redeem(tenant);
      await browser.get(new URL('/v2/logout?client_id=shop', CUSTOMERS_ORIGIN));
      const entry = tenant.context.log.entries.at(-1);
      expect(entry?.type).toBe('slo');
      expect(JSON.stringify(entry).includes('l-1')).toBe(isSet);
    }
  });

  test('does not exist in a plan without it: not in the session, and the call fails the login', async () => {
    const silent = fixtureTenant();
    silent.context.conditions.sessionMetadataInPlan = false;
    expect((await redeem(silent)).session).not.toHaveProperty('session_metadata');
    const tenant = noting({ metadata: { launch: 'l-1' } });
    tenant.context.conditions.sessionMetadataInPlan = false;
    expect((await redeem(tenant)).back.get('error')).toBe('server_error');
    expect(tenant.context.log.entries.filter(({ type }) => type === 'sdel')).toEqual([]);
    const failed = tenant.context.log.entries.find(({ type }) => type === 'f');
    expect(failed).toMatchObject({ description: 'The tenant may not use session metadata.' });
  });

  test.each<[string, Record<string, string>]>([
    [
      '26 entries',
      Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`k${index}`, 'v'])),
    ],
    ['a value of 256 characters', { launch: 'x'.repeat(256) }],
  ])('of %s fails the login', async (_, metadata) => {
    const { back } = await redeem(noting({ metadata }));
    expect(back.get('error')).toBe('server_error');
  });

  test('of 25 entries of 255 characters is kept', async () => {
    const metadata = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [`k${index}`, 'x'.repeat(255)]),
    );
    expect((await redeem(noting({ metadata }))).session['session_metadata']).toEqual(metadata);
  });

  test('fails an exchange, for there is no session yet', async () => {
    const tenant = noting({ metadata: { launch: 'l-1' }, at_exchange: true });
    const { id_token } = await signInAgent(tenant);
    expect((await exchange(tenant, id_token)).body).toEqual({
      error: 'server_error',
      error_description: 'The Action changes a session, and there is none.',
    });
    expect(logTypesOf(tenant).at(-1)).toBe('fecte');
  });
});

describe('the end of a session', () => {
  test('that a post-login Action sets earlier is kept', async () => {
    const tenant = noting({ minutes: 10 });
    const { session, browser } = await redeem(tenant);
    // The Action's clock runs while the Action does.
    expect(session['expires_at']).toMatch(/^2026-11-20T10:10:\d\d/);
    tenant.wait(660);
    const silent = redemption('shop', undefined, { prompt: 'none' });
    const back = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, silent));
    expect(back.searchParams.get('error')).toBe('login_required');
  });

  test('is never later than the two hours of a delegated session', async () => {
    const { session } = await redeem(noting({ minutes: 600 }));
    expect(session['expires_at']).toBe('2026-11-20T12:00:00.000Z');
  });

  test('cannot be set in a plan without it', async () => {
    const tenant = noting({ minutes: 10 });
    tenant.context.conditions.sessionExpiryInPlan = false;
    expect((await redeem(tenant)).back.get('error')).toBe('server_error');
  });
});
