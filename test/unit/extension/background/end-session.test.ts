import { describe, expect, test } from 'vitest';
import { targetAppIdSchema } from '../../../../src/contract/ids.ts';
import type { TargetApp } from '../../../../src/contract/target-app.ts';
import { createEndSession } from '../../../../src/extension/background/end-session.ts';
import { createLaunchStore } from '../../../../src/extension/background/launch-store.ts';
import { fakeTabs, memoryArea } from './fakes.ts';
import { LAUNCH_ID, openedLaunch } from './launch-examples.ts';

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

const ending = async (app: TargetApp | undefined, openTabs: readonly number[]) => {
  const browser = fakeTabs(openTabs);
  const reports: unknown[] = [];
  const store = createLaunchStore({
    session: memoryArea(),
    now: () => 0,
    onChange: () => undefined,
  });
  await store.put(openedLaunch({ tabId: 7 }));
  const end = createEndSession({
    store,
    tabs: browser.tabs,
    report: async (_id, event) => {
      reports.push(event);
    },
    findApp: async () => app,
    delay: () => Promise.resolve(),
  });
  return { end, store, browser, reports };
};

describe('ending a session', () => {
  test('signs out of the app and then of its login domain, in the tab of the session', async () => {
    const { end, store, browser, reports } = await ending(APP, [7]);
    expect(await end(LAUNCH_ID)).toMatchObject({ ok: true, value: { state: 'ended' } });
    expect(browser.navigations).toEqual(LOGOUTS.map((url) => ({ tabId: 7, url })));
    expect(reports).toEqual([{ type: 'ended', cause: 'agent' }]);
    expect((await store.find(LAUNCH_ID))?.state).toBe('ended');
    expect(browser.listeners.size).toBe(0);
  });

  test('uses a tab of its own when the session’s is closed, and closes it', async () => {
    const { end, browser } = await ending(APP, []);
    await end(LAUNCH_ID);
    expect(browser.opened).toEqual([{ url: 'about:blank', active: false }]);
    expect(browser.navigations.map(({ url }) => url)).toEqual(LOGOUTS);
    expect(browser.existing.size).toBe(0);
  });

  test('goes on in a tab of its own when the agent closes the tab in the middle', async () => {
    const { end, browser } = await ending(APP, [7]);
    const { tabs } = browser;
    const navigate = tabs.navigate;
    Object.assign(tabs, {
      navigate: async (tabId: number, url: string) => {
        await navigate(tabId, url);
        if (tabId === 7) browser.existing.delete(7);
      },
    });
    expect(await end(LAUNCH_ID)).toMatchObject({ value: { state: 'ended' } });
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
      const { end, browser } = await ending(
        logoutUrl === undefined ? app : { ...APP, logoutUrl },
        [7],
      );
      await end(LAUNCH_ID);
      expect(browser.navigations.map(({ url }) => url)).toEqual([LOGOUTS[1]]);
    },
  );

  test('is over once, however often it is asked for', async () => {
    const { end, browser, reports } = await ending(APP, [7]);
    await Promise.all([end(LAUNCH_ID), end(LAUNCH_ID)]);
    await end(LAUNCH_ID);
    expect(browser.navigations).toHaveLength(2);
    expect(reports).toHaveLength(1);
  });

  test('says that it does not know how when the app is gone', async () => {
    const { end, store } = await ending(undefined, [7]);
    expect(await end(LAUNCH_ID)).toMatchObject({ problem: { code: 'logout_unknown' } });
    expect((await store.find(LAUNCH_ID))?.state).toBe('opened');
  });
});
