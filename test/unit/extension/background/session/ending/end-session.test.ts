import { describe, expect, test } from 'vitest';
import { targetAppIdSchema } from '../../../../../../src/contract/ids.ts';
import type { TargetApp } from '../../../../../../src/contract/target-app.ts';
import type { BackendClient } from '../../../../../../src/extension/background/backend/backend-client.ts';
import { createBrowserSignOut } from '../../../../../../src/extension/background/session/ending/browser-sign-out.ts';
import { createEndSession } from '../../../../../../src/extension/background/session/ending/end-session.ts';
import { createBrowserCheck } from '../../../../../../src/extension/background/session/ending/end-verdict.ts';
import { createSessionTabs } from '../../../../../../src/extension/background/session/session-tabs.ts';
import { refused } from '../../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../../src/extension/messages/wire/problem.ts';
import { fakeTabs } from '../../fakes.ts';
import {
  LAUNCH_ID,
  launchesOf,
  launchRecord,
  NOON_THIRTY,
  SECOND_LAUNCH_ID,
} from '../../launch-examples.ts';

const APP: TargetApp = {
  id: targetAppIdSchema.parse('shop & co'),
  name: 'Shop',
  loginUrl: 'https://shop.example.com/login',
  logoutUrl: 'https://shop.example.com/logout',
  loginDomain: 'login.example.com:8443',
  origins: ['https://shop.example.com'],
  organizationUsage: 'deny',
  ways: ['delegation'],
};
const LOGOUTS = [
  'https://shop.example.com/logout',
  'https://login.example.com:8443/v2/logout?client_id=shop+%26+co',
];

type Known = Parameters<typeof launchRecord>[0];
type World = {
  readonly openTabs?: readonly number[];
  readonly otherTabs?: readonly number[];
  readonly app?: TargetApp | undefined;
  readonly tenantSession?: 'gone' | 'not_in_plan' | undefined;
  readonly cookie?: boolean | undefined;
  readonly containerStays?: boolean;
  readonly launch?: Known;
  /** Another launch that was asked for a minute later. */
  readonly later?: Known;
};

const ending = async (world: World = {}) => {
  const app = 'app' in world ? world.app : APP;
  const browser = fakeTabs(world.openTabs ?? [7]);
  Object.assign(browser.tabs, { showing: async () => world.otherTabs ?? [] });
  const calls: unknown[] = [];
  const removed: unknown[] = [];
  const forgotten: string[] = [];
  const released: number[] = [];
  const requestedAt = '2026-11-20T12:01:00.000Z';
  const later = world.later && { id: SECOND_LAUNCH_ID, tabId: 8, requestedAt, ...world.later };
  const launches = await launchesOf([
    ...(later ? [launchRecord(later)] : []),
    launchRecord({ tabId: 7, ...world.launch }),
  ]);
  const { tenantSession } = { tenantSession: 'gone', ...world };
  const client = (async (name: string) => {
    calls.push(name);
    return tenantSession === undefined
      ? refused(extensionProblem('offline'))
      : { ok: true, value: { tenantSession } };
  }) as unknown as BackendClient;
  const cookies = {
    present: async () => world.cookie,
    remove: async (origin: string) => {
      removed.push(origin);
    },
  };
  const end = createEndSession({
    launches,
    client,
    browserSignOut: createBrowserSignOut({
      launches,
      tabs: browser.tabs,
      sessionTabs: createSessionTabs({
        tabs: browser.tabs,
        hasHostPermission: async () => world.otherTabs !== undefined,
      }),
      delay: () => Promise.resolve(),
    }),
    browserCheck: createBrowserCheck(cookies),
    now: () => NOON_THIRTY,
    report: async (_id, event) => {
      calls.push(event);
    },
    tabGroups: {
      removeTab: async (tabId) => {
        released.push(tabId);
      },
    },
    keptSessions: {
      forget: async (id) => {
        forgotten.push(id);
        return world.containerStays !== true;
      },
    },
    findApp: async () => app,
  });
  return { end, launches, browser, calls, removed, forgotten, released };
};

describe('ending a session', () => {
  test('signs out of the app, of its login domain, and at the tenant', async () => {
    const { end, launches, browser, calls, removed } = await ending({ cookie: false });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      ok: true,
      value: {
        state: 'ended',
        cause: 'agent',
        verdict: { tenant: 'gone', browser: 'signed_out' },
      },
    });
    expect(browser.navigations).toEqual(LOGOUTS.map((url) => ({ tabId: 7, url })));
    expect(calls).toEqual(['endLaunch']);
    expect(removed).toEqual(['https://login.example.com:8443']);
    expect(await launches.find(LAUNCH_ID)).toMatchObject({ state: 'ended', dismissed: false });
    expect(browser.listeners.size).toBe(0);
  });

  test.each([
    [undefined, 'not_seen'],
    [true, 'still_signed_in'],
  ])('says what the cookie says: %s', async (cookie, browser) => {
    const { end } = await ending({ cookie, tenantSession: 'not_in_plan' });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { verdict: { tenant: 'not_in_plan', browser } },
    });
  });

  test('leaves a record for later when the backend does not answer', async () => {
    const { end, calls } = await ending({ tenantSession: undefined });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { state: 'ended', verdict: { tenant: 'unreachable' } },
    });
    expect(calls).toEqual(['endLaunch', { type: 'ended', cause: 'agent' }]);
  });

  test('records another cause before the tenant is asked', async () => {
    const { end, calls } = await ending();
    await end(LAUNCH_ID, 'signed_out');
    expect(calls).toEqual([{ type: 'ended', cause: 'signed_out' }, 'endLaunch']);
  });

  test('does not claim to have ended what a supervisor ended', async () => {
    const { end, calls } = await ending();
    await end(LAUNCH_ID, 'supervisor');
    expect(calls).toEqual(['endLaunch']);
  });

  test('for another customer closes the tab, and tells nobody that it is over', async () => {
    const { end, launches, browser } = await ending();
    await end(LAUNCH_ID, 'replaced');
    expect(browser.existing.has(7)).toBe(false);
    expect((await launches.find(LAUNCH_ID))?.dismissed).toBe(true);
  });

  test('keeps the cause that a worker before this one began with', async () => {
    const { end, launches, calls } = await ending();
    await launches.note(LAUNCH_ID, { ending: 'app', cause: 'replaced' });
    await end(LAUNCH_ID, 'agent');
    expect(calls[0]).toEqual({ type: 'ended', cause: 'replaced' });
  });

  test('for another customer closes every tab of the app, so that none becomes theirs', async () => {
    const { end, browser } = await ending({ openTabs: [7, 8, 9], otherTabs: [7, 8] });
    await end(LAUNCH_ID, 'replaced');
    expect([...browser.existing]).toEqual([9]);
    expect(browser.reloaded).toEqual([]);
  });

  test('takes its tab out of the customer’s group', async () => {
    const { end, released } = await ending();
    await end(LAUNCH_ID, 'agent');
    expect(released).toEqual([7]);
  });

  test('lets no other tab of the app go on showing the customer', async () => {
    const { end, browser } = await ending({ otherTabs: [8, 9] });
    await end(LAUNCH_ID, 'agent');
    expect(browser.reloaded).toEqual([8, 9]);
  });

  test('uses a tab of its own when the session’s is closed, and closes it', async () => {
    const { end, browser } = await ending({ openTabs: [] });
    await end(LAUNCH_ID, 'agent');
    expect(browser.opened).toEqual([{ url: 'about:blank', store: 'default', behind: true }]);
    expect(browser.navigations.map(({ url }) => url)).toEqual(LOGOUTS);
    expect(browser.existing.size).toBe(0);
  });

  test('of a private window that is gone opens no ordinary tab', async () => {
    const { end, launches, browser } = await ending({ openTabs: [] });
    await launches.note(LAUNCH_ID, { openIn: 'private_window', cookieStore: 'private' });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { verdict: { browser: 'not_reached' } },
    });
    expect(browser.opened).toEqual([]);
  });

  test('goes on in a tab of its own when the agent closes the tab in the middle', async () => {
    const { end, browser } = await ending();
    const { tabs } = browser;
    const navigate = tabs.navigate;
    Object.assign(tabs, {
      navigate: async (tabId: number, url: string) => {
        await navigate(tabId, url);
        if (tabId === 7) {
          browser.existing.delete(7);
        }
      },
    });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({ value: { state: 'ended' } });
    expect(browser.navigations.map(({ tabId, url }) => [tabId, url])).toEqual([
      [7, LOGOUTS[0]],
      [101, LOGOUTS[0]],
      [101, LOGOUTS[1]],
    ]);
  });

  test.each([undefined, 'javascript:alert(1)', 'http://shop.example.com/logout'])(
    'leaves out the app’s logout %s',
    async (logoutUrl) => {
      const { logoutUrl: _logoutUrl, ...app } = APP;
      const { end, browser } = await ending({
        app: logoutUrl === undefined ? app : { ...APP, logoutUrl },
      });
      await end(LAUNCH_ID, 'agent');
      expect(browser.navigations.map(({ url }) => url)).toEqual([LOGOUTS[1]]);
    },
  );

  test('is over once, however often it is asked for', async () => {
    const { end, browser, calls } = await ending();
    await Promise.all([end(LAUNCH_ID, 'agent'), end(LAUNCH_ID, 'agent')]);
    await end(LAUNCH_ID, 'agent');
    expect(browser.navigations).toHaveLength(2);
    expect(calls).toHaveLength(1);
  });

  test('of an app that is gone is ended at the tenant alone, and says so', async () => {
    const { end, browser } = await ending({ app: undefined });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { state: 'ended', verdict: { tenant: 'gone', browser: 'not_reached' } },
    });
    expect(browser.navigations).toEqual([]);
  });

  test('of another browser signs nobody out of this one', async () => {
    const { end, launches, browser, removed } = await ending({ openTabs: [] });
    await launches.note(LAUNCH_ID, { openIn: undefined, cookieStore: undefined });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { verdict: { browser: 'not_reached' } },
    });
    expect([browser.opened, browser.navigations, removed]).toEqual([[], [], []]);
  });

  test('in a container is over with the container, whatever a cookie elsewhere says', async () => {
    const { end, launches, forgotten } = await ending({ cookie: true });
    await launches.note(LAUNCH_ID, { openIn: 'container', cookieStore: 'firefox-container-7' });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { verdict: { browser: 'signed_out' } },
    });
    expect(forgotten).toContain(LAUNCH_ID);
  });

  test('in a container that could not be removed is not called signed out', async () => {
    const { end, launches } = await ending({ containerStays: true });
    await launches.note(LAUNCH_ID, { openIn: 'container', cookieStore: 'firefox-container-7' });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { verdict: { browser: 'still_signed_in' } },
    });
  });

  test('asks the tenant even when every tab goes away meanwhile', async () => {
    const { end, browser, calls } = await ending({ openTabs: [] });
    Object.assign(browser.tabs, {
      navigate: async () => {
        throw new Error('No such tab.');
      },
      reload: async () => {
        throw new Error('No such tab.');
      },
    });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { state: 'ended', verdict: { tenant: 'gone' } },
    });
    expect(calls).toEqual(['endLaunch']);
  });

  test('leaves alone the tab in which the agent went elsewhere', async () => {
    const { end, browser } = await ending({ otherTabs: [] });
    browser.show(7, 'https://crm.example.com/');
    await end(LAUNCH_ID, 'agent');
    expect(browser.navigations.map(({ tabId }) => tabId)).toEqual([101, 101]);
    await end(LAUNCH_ID, 'replaced');
    expect(browser.existing.has(7)).toBe(true);
  });

  test.each<[string, Known]>([
    ['is in its app', { state: 'confirmed' }],
    ['may be in its app', { state: 'unconfirmed' }],
    ['is on its way there', { state: 'issued' }],
  ])('signs nobody out where a later launch %s', async (_where, later) => {
    const { end, launches, browser, calls } = await ending({ later, openTabs: [7, 8] });
    expect(await end(LAUNCH_ID, 'supervisor')).toMatchObject({
      value: { state: 'ended', verdict: { tenant: 'gone', browser: 'nothing_left' } },
    });
    expect([browser.opened, browser.navigations, browser.reloaded]).toEqual([[], [], []]);
    expect(calls).toEqual(['endLaunch']);
    expect(await launches.find(SECOND_LAUNCH_ID)).toMatchObject({ state: later?.state });
  });

  test.each<[string, Known]>([
    ['is over', { state: 'ended' }],
    ['is in another app', { targetAppId: targetAppIdSchema.parse('desk') }],
    ['is in another cookie store', { cookieStore: 'private' }],
  ])('signs out where a later launch %s', async (_where, later) => {
    const { end, browser } = await ending({ later });
    await end(LAUNCH_ID, 'supervisor');
    expect(browser.navigations.map(({ url }) => url)).toEqual(LOGOUTS);
  });

  test('makes room for the launch that is on its way', async () => {
    const { end, browser } = await ending({ later: { state: 'requested' } });
    await end(LAUNCH_ID, 'replaced');
    expect(browser.navigations.map(({ url }) => url)).toEqual(LOGOUTS);
  });

  test('of a launch that opened nothing signs nobody out', async () => {
    const problem = extensionProblem('launch_unknown');
    const { end, browser } = await ending({ launch: { state: 'not_landed', problem } });
    await end(LAUNCH_ID, 'supervisor');
    expect([browser.opened, browser.navigations]).toEqual([[], []]);
  });

  test('of a replaced session that could not be reached is told to the agent', async () => {
    const { end, launches } = await ending({ openTabs: [] });
    await launches.note(LAUNCH_ID, { openIn: 'private_window', cookieStore: 'private' });
    await end(LAUNCH_ID, 'replaced');
    expect(await launches.find(LAUNCH_ID)).toMatchObject({ state: 'ended', dismissed: false });
  });
});
