import { describe, expect, test } from 'vitest';
import { targetAppIdSchema } from '../../../../../src/contract/ids.ts';
import type { TargetApp } from '../../../../../src/contract/target-app.ts';
import { createPreFlight } from '../../../../../src/extension/background/launch/clear-login-domain.ts';
import { createLaunchStore } from '../../../../../src/extension/background/launch-state/launch-store.ts';
import { done } from '../../../../../src/extension/messages/outcome.ts';
import { memoryArea } from '../fakes.ts';
import { LAUNCH_ID, openedLaunch, SECOND_LAUNCH_ID } from '../launch-examples.ts';

const app = (id: string, loginDomain: string): TargetApp => ({
  id: targetAppIdSchema.parse(id),
  name: id,
  loginUrl: `https://${id}.example.com/login`,
  loginDomain,
  origins: [`https://${id}.example.com`],
  organizationUsage: 'deny',
  ways: ['delegation'],
});
const SHOP = app('shop', 'login.example.com');
const DESK = app('desk', 'login.example.com');
const BLOG = app('blog', 'other.example.com');

const flying = async (
  cookie?: boolean,
  left: 'not_seen' | 'not_reached' = 'not_seen',
  reached = true,
) => {
  const done_: string[] = [];
  const store = createLaunchStore({
    session: memoryArea(),
    now: () => 0,
    onChange: () => undefined,
  });
  await store.put(openedLaunch({ openIn: 'new_tab' }));
  const preFlight = createPreFlight({
    store,
    endSession: async (id, cause) => {
      done_.push(`end ${id} ${cause}`);
      return done(
        openedLaunch({ id, state: 'ended', endCheck: { tenant: 'gone', browser: left } }),
      );
    },
    browserSignOut: {
      session: async () => true,
      loginDomain: async (_app, cookieStore) => {
        done_.push(`log out ${cookieStore}`);
        return reached;
      },
    },
    cookies: { present: async () => cookie, remove: async () => undefined },
    findApp: async (id) => [SHOP, DESK, BLOG].find((known) => known.id === id),
    now: () => 0,
  });
  return { preFlight, store, done: done_ };
};

describe('before a launch', () => {
  test.each([SHOP, DESK])(
    'our session on the same login domain is ended, for $name',
    async (target) => {
      const { preFlight, done: did } = await flying();
      expect(await preFlight.clear(target, { openIn: 'new_tab' })).toBe('cleared');
      expect(did).toEqual([`end ${LAUNCH_ID} replaced`]);
    },
  );

  test('a session elsewhere is left alone: another login domain, another cookie store, an ended one', async () => {
    const { preFlight, store, done: did } = await flying();
    expect(await preFlight.clear(BLOG, { openIn: 'new_tab' })).toBe('clear');
    expect(await preFlight.clear(SHOP, { openIn: 'private_window' })).toBe('clear');
    await store.change(LAUNCH_ID, { state: 'ended' });
    expect(await preFlight.clear(SHOP, { openIn: 'new_tab' })).toBe('clear');
    expect(did).toEqual([]);
  });

  test('a session of another browser is left alone', async () => {
    const { preFlight, store, done: did } = await flying();
    await store.change(LAUNCH_ID, { openIn: undefined });
    expect(await preFlight.clear(SHOP, { openIn: 'new_tab' })).toBe('clear');
    expect(did).toEqual([]);
  });

  test('a private session is in the way of a private launch only', async () => {
    const { preFlight, store, done: did } = await flying();
    await store.put(openedLaunch({ id: SECOND_LAUNCH_ID, openIn: 'private_window' }));
    await preFlight.clear(SHOP, { openIn: 'private_window' });
    expect(did).toEqual([`end ${SECOND_LAUNCH_ID} replaced`]);
  });

  test('an earlier session that could not be reached is still in the way', async () => {
    const { preFlight } = await flying(false, 'not_reached');
    expect(await preFlight.clear(SHOP, { openIn: 'new_tab' })).toBe('blocked');
  });

  test('who could not be signed out is still in the way', async () => {
    const { preFlight } = await flying(false, 'not_seen', false);
    const place = { openIn: 'private_window', clearLoginDomain: true } as const;
    expect(await preFlight.clear(BLOG, place)).toBe('blocked');
  });

  test('somebody else who may be signed in is left to the agent', async () => {
    const { preFlight } = await flying(true);
    expect(await preFlight.clear(BLOG, { openIn: 'new_tab' })).toBe('blocked');
  });

  test('nobody is in a container that does not exist yet', async () => {
    const { preFlight, store, done: did } = await flying(true);
    const other = { openIn: 'container', store: 'firefox-container-7' } as const;
    await store.put(openedLaunch({ id: SECOND_LAUNCH_ID, ...other }));
    expect(await preFlight.inTheWay(SHOP, 'container')).toEqual([]);
    expect(await preFlight.clear(SHOP, { openIn: 'container' })).toBe('clear');
    expect(did).toEqual([]);
  });

  test('who the agent said to sign out is signed out', async () => {
    const { preFlight, done: did } = await flying(true);
    const place = { openIn: 'private_window', clearLoginDomain: true } as const;
    expect(await preFlight.clear(BLOG, place)).toBe('cleared');
    expect(did).toEqual(['log out private']);
  });
});
