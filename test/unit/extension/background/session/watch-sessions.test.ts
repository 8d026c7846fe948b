import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Launch } from '../../../../../src/contract/launch.ts';
import type { TargetApp } from '../../../../../src/contract/target-app.ts';
import type { BackendClient } from '../../../../../src/extension/background/backend/backend-client.ts';
import type { LaunchRecord } from '../../../../../src/extension/background/launch-state/launch-record.ts';
import { createLaunchStore } from '../../../../../src/extension/background/launch-state/launch-store.ts';
import { createSessionStores } from '../../../../../src/extension/background/session/cookie-stores.ts';
import { createSessionLife } from '../../../../../src/extension/background/session/watch-sessions.ts';
import { done } from '../../../../../src/extension/messages/outcome.ts';
import { SHOP } from '../app-examples.ts';
import { fakeContainers, fakeHistory, fakeTabs, memoryArea, settled } from '../fakes.ts';
import { LAUNCH_ID, openedLaunch } from '../launch-examples.ts';

const APP: TargetApp = { ...SHOP, logoutUrl: 'https://shop.example.com/logout' };

beforeEach(() => {
  vi.stubGlobal('chrome', { i18n: { getMessage: (key: string) => key } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** A session's life in a browser where a minute passes when the test says so. */
const living = async (backendSays: Partial<Launch>, record: Partial<LaunchRecord>) => {
  const browser = fakeTabs([7]);
  const session = memoryArea();
  const now = () => Date.parse('2026-11-20T12:30:00Z');
  const store = createLaunchStore({ session, now, onChange: () => undefined });
  await store.put(openedLaunch({ tabId: 7, state: 'confirmed', ...record }));
  const calls: string[] = [];
  const badge: string[] = [];
  let minute: () => void = () => undefined;
  const client = (async (name: string) => {
    calls.push(name);
    return done(
      name === 'endLaunch' ? { tenantSession: 'gone' } : { id: LAUNCH_ID, ...backendSays },
    );
  }) as unknown as BackendClient;
  const life = createSessionLife({
    session,
    client,
    store,
    sessionStores: createSessionStores(fakeContainers().containers, memoryArea()),
    history: fakeHistory().history,
    tabGroups: { gather: async () => undefined, release: async () => undefined },
    colorOf: async () => 'blue',
    endsWithLastTab: async () => false,
    tabs: browser.tabs,
    cookies: { present: async () => undefined, remove: async () => undefined },
    toolbar: {
      show: async ({ text }) => {
        badge.push(text);
      },
      clear: async () => {
        badge.push('');
      },
    },
    alarm: {
      start: async () => undefined,
      stop: async () => undefined,
      onMinute: (listener) => {
        minute = listener;
      },
    },
    contentScripts: { runOn: async () => undefined },
    onMessage: () => undefined,
    openPanel: async () => undefined,
    ownId: 'own',
    agentName: async () => 'Ada',
    onPermissionAdded: () => undefined,
    hasHostPermission: async () => false,
    findApp: async () => APP,
    delay: () => new Promise(() => undefined),
    now,
  });
  life.listen(Promise.resolve());
  const passMinute = async (): Promise<void> => {
    minute();
    for (let round = 0; round < 10; round += 1) await settled();
  };
  return { browser, store, calls, badge, passMinute };
};

describe('every minute, with no banner to ask', () => {
  test('a session that a supervisor ended is signed out in its tab and shown as ended', async () => {
    const { browser, store, calls, passMinute } = await living(
      { state: 'ended', cause: 'supervisor' },
      { openIn: 'new_tab' },
    );
    await passMinute();
    expect(browser.navigations).toEqual([
      { tabId: 7, url: 'https://shop.example.com/logout' },
      { tabId: 7, url: 'https://login.example.com/v2/logout?client_id=shop' },
    ]);
    expect(await store.find(LAUNCH_ID)).toMatchObject({
      state: 'ended',
      cause: 'supervisor',
      endCheck: { tenant: 'gone' },
    });
    expect(calls).toEqual(['launch', 'endLaunch']);
  });

  test('a session of another browser is shown as ended, and nothing is signed out here', async () => {
    const { browser, store, passMinute } = await living(
      { state: 'ended', cause: 'supervisor' },
      { openIn: undefined, store: undefined },
    );
    await passMinute();
    expect(browser.navigations).toEqual([]);
    expect(await store.find(LAUNCH_ID)).toMatchObject({ state: 'ended', cause: 'supervisor' });
  });

  test('a session that goes on is left alone', async () => {
    const { browser, store, badge, passMinute } = await living(
      { state: 'confirmed' },
      { openIn: 'new_tab' },
    );
    await passMinute();
    expect(browser.navigations).toEqual([]);
    expect((await store.find(LAUNCH_ID))?.state).toBe('confirmed');
    expect(badge).toEqual(['90']);
  });
});
