import { describe, expect, test } from 'vitest';
import type { TargetApp } from '../../../../../../src/contract/target-app.ts';
import { createLoginDomainClearing } from '../../../../../../src/extension/background/launch/before-opening/clear-login-domain.ts';
import { statusOf } from '../../../../../../src/extension/background/launch-state/standing.ts';
import {
  createBrowserCheck,
  endVerdict,
} from '../../../../../../src/extension/background/session/ending/end-verdict.ts';
import { createOwnSessions } from '../../../../../../src/extension/background/session/remembered/own-sessions.ts';
import type { OpenIn } from '../../../../../../src/extension/messages/launch/launch-status.ts';
import { done } from '../../../../../../src/extension/messages/wire/outcome.ts';
import { appExample, SHOP } from '../../app-examples.ts';
import { memoryArea } from '../../fakes.ts';
import {
  keptSession,
  LAUNCH_ID,
  launchesOf,
  launchRecord,
  NOON_THIRTY,
  SECOND_LAUNCH_ID,
} from '../../launch-examples.ts';

const DESK = appExample('desk', 'login.example.com');
const BLOG = appExample('blog', 'other.example.com');

const OWN_TAB = 41;

type World = {
  /** What the cookie says; nothing without access to it. */
  readonly cookie?: boolean;
  readonly launches?: readonly ReturnType<typeof launchRecord>[];
  /** How far the browser can be checked after an end. */
  readonly left?: 'not_seen' | 'not_reached';
  /** Whether there is a tab to sign out in. */
  readonly reached?: boolean;
  readonly ownSession?: boolean;
  readonly leftover?: boolean;
};

const inBrowser = async (world: World) => {
  const did: string[] = [];
  const launches = await launchesOf(world.launches ?? [], { apps: [SHOP, DESK, BLOG] });
  const cookies = { present: async () => world.cookie, remove: async () => undefined };
  const ownSessions = createOwnSessions(memoryArea(), memoryArea());
  const own = { targetAppId: SHOP.id, loginDomain: 'https://login.example.com' };
  if (world.ownSession) {
    await ownSessions.keep(own);
    await ownSessions.keepTab(own, OWN_TAB);
  }
  const reached = world.reached ?? true;
  const clearing = createLoginDomainClearing({
    launches,
    ownSessions,
    leftovers: {
      at: async (cookieStore, loginDomain) =>
        world.leftover && cookieStore === 'default' && loginDomain === 'https://login.example.com'
          ? [keptSession()]
          : [],
      signOut: async (id) => {
        did.push(`sign out leftover ${id}`);
        return done({ verdict: endVerdict({ tenant: 'unknown', browser: 'not_seen' }) });
      },
    },
    endSession: async (id, cause) => {
      did.push(`end ${id} ${cause}`);
      const verdict = endVerdict({ tenant: 'unknown', browser: world.left ?? 'not_seen' });
      const ended = await launches.advance(id, 'ended', { verdict });
      return done(statusOf(ended ?? launchRecord(), NOON_THIRTY));
    },
    browserSignOut: {
      place: async ({ targetAppId }, _cookieStore, knownTabs = []) => {
        did.push(`sign out ${targetAppId}`, ...knownTabs.map((tabId) => `load tab ${tabId} again`));
        return reached;
      },
      loginDomain: async (_app, cookieStore) => {
        did.push(`log out ${cookieStore}`);
        return reached;
      },
    },
    browserCheck: createBrowserCheck(cookies),
    cookies,
    findApp: async (id) => [SHOP, DESK, BLOG].find((known) => known.id === id),
    now: () => NOON_THIRTY,
  });
  const clear = async (target: TargetApp, openIn: OpenIn, clearLoginDomain = false) =>
    clearing.clear(target, { openIn, clearLoginDomain }, await clearing.obstacles(target, openIn));
  return { clear, clearing, launches, ownSessions, did };
};

const ACTING = { launches: [launchRecord()] };

describe('before a launch', () => {
  test.each([SHOP, DESK])(
    'our session on the same login domain is ended, for $name',
    async (target) => {
      const { clear, did } = await inBrowser(ACTING);
      expect(await clear(target, 'new_tab')).toBe('cleared');
      expect(did).toEqual([`end ${LAUNCH_ID} replaced`]);
    },
  );

  test('a session that nobody saw is ended all the same: it may be there', async () => {
    const { clear, did } = await inBrowser({ launches: [launchRecord({ state: 'opened' })] });
    await clear(SHOP, 'new_tab');
    expect(did).toEqual([`end ${LAUNCH_ID} replaced`]);
  });

  test('a session elsewhere is left alone: another login domain, another cookie store, an ended one', async () => {
    const { clear, launches, did } = await inBrowser(ACTING);
    expect(await clear(BLOG, 'new_tab')).toBe('clear');
    expect(await clear(SHOP, 'private_window')).toBe('clear');
    await launches.advance(LAUNCH_ID, 'ended', {});
    expect(await clear(SHOP, 'new_tab')).toBe('clear');
    expect(did).toEqual([]);
  });

  test('a session of another browser is left alone', async () => {
    const elsewhere = launchRecord({ openIn: undefined, cookieStore: undefined });
    const { clear, did } = await inBrowser({ launches: [elsewhere] });
    expect(await clear(SHOP, 'new_tab')).toBe('clear');
    expect(did).toEqual([]);
  });

  test('a private session is in the way of a private launch only', async () => {
    const secret = launchRecord({
      id: SECOND_LAUNCH_ID,
      openIn: 'private_window',
      cookieStore: 'private',
    });
    const { clear, did } = await inBrowser({ launches: [launchRecord(), secret] });
    await clear(SHOP, 'private_window');
    expect(did).toEqual([`end ${SECOND_LAUNCH_ID} replaced`]);
  });

  test('what the agent opened as themselves on the same login domain is signed out, and its tab does not go on showing them', async () => {
    const { clear, ownSessions, did } = await inBrowser({ ownSession: true });
    expect(await clear(DESK, 'new_tab')).toBe('cleared');
    expect(did).toEqual(['sign out shop', `load tab ${OWN_TAB} again`]);
    expect(await ownSessions.at('default', 'https://login.example.com')).toEqual([]);
  });

  test('what the agent opened as themselves is not in the way of a private launch, nor elsewhere', async () => {
    const { clear, did } = await inBrowser({ ownSession: true });
    expect(await clear(SHOP, 'private_window')).toBe('clear');
    expect(await clear(BLOG, 'new_tab')).toBe('clear');
    expect(did).toEqual([]);
  });

  test('what the agent opened as themselves blocks the launch when it cannot be signed out', async () => {
    const { clear } = await inBrowser({ ownSession: true, reached: false });
    expect(await clear(SHOP, 'new_tab')).toBe('blocked');
  });

  test('what may be left from before a browser restart is signed out', async () => {
    const { clear, did } = await inBrowser({ leftover: true });
    expect(await clear(SHOP, 'new_tab')).toBe('cleared');
    expect(did).toEqual([`sign out leftover ${LAUNCH_ID}`]);
  });

  test('an earlier session that could not be reached is still in the way', async () => {
    const { clear } = await inBrowser({ ...ACTING, left: 'not_reached' });
    expect(await clear(SHOP, 'new_tab')).toBe('blocked');
  });

  test('an end that was not reached is in the way of the next launch too, until somebody signs it out', async () => {
    const { clear } = await inBrowser({ ...ACTING, left: 'not_reached' });
    await clear(SHOP, 'new_tab');
    expect(await clear(SHOP, 'new_tab')).toBe('blocked');
    expect(await clear(SHOP, 'new_tab', true)).toBe('cleared');
    expect(await clear(SHOP, 'new_tab')).toBe('clear');
  });

  test('who could not be signed out is still in the way', async () => {
    const { clear } = await inBrowser({ cookie: false, reached: false });
    expect(await clear(BLOG, 'private_window', true)).toBe('blocked');
  });

  test('somebody else who may be signed in is left to the agent', async () => {
    const { clear } = await inBrowser({ cookie: true });
    expect(await clear(BLOG, 'new_tab')).toBe('blocked');
  });

  test('nobody is in a container that does not exist yet', async () => {
    const other = launchRecord({ openIn: 'container', cookieStore: 'firefox-container-7' });
    const { clear, did } = await inBrowser({ launches: [other], ownSession: true, cookie: true });
    expect(await clear(SHOP, 'container')).toBe('clear');
    expect(did).toEqual([]);
  });

  test('who the agent said to sign out is signed out', async () => {
    const { clear, did } = await inBrowser({ cookie: true });
    expect(await clear(BLOG, 'private_window', true)).toBe('cleared');
    expect(did).toEqual(['log out private']);
  });
});
