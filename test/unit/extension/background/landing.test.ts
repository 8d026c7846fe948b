import { describe, expect, test } from 'vitest';
import { targetAppIdSchema } from '../../../../src/contract/ids.ts';
import type { TargetApp } from '../../../../src/contract/target-app.ts';
import { createLandingWatch, hasLanded } from '../../../../src/extension/background/landing.ts';
import { createLaunchStore } from '../../../../src/extension/background/launch-store.ts';
import { fakeTabs, memoryArea, settled } from './fakes.ts';
import { openedLaunch } from './launch-examples.ts';

const APP: TargetApp = {
  id: targetAppIdSchema.parse('shop'),
  name: 'Shop',
  loginUrl: 'https://shop.example.com/login',
  loginDomain: 'login.example.com',
  origins: ['https://shop.example.com'],
  organizationUsage: 'deny',
  ways: ['delegation'],
};

describe('hasLanded', () => {
  test.each(['https://shop.example.com/', 'https://shop.example.com/orders?page=2'])(
    'takes %s for the app',
    (url) => expect(hasLanded(url, APP)).toBe(true),
  );

  test.each([
    'https://shop.example.com/login',
    'https://shop.example.com/login?session_transfer_token=x',
    'https://shop.example.com/?session_transfer_token=x',
    'https://shop.example.com/callback?code=1&state=2',
    'https://shop.example.com/callback?error=access_denied',
    'https://login.example.com/u/login',
    'https://shop.example.com.evil.example/',
    'about:blank',
    'not a url',
  ])('does not take %s for the app', (url) => expect(hasLanded(url, APP)).toBe(false));
});

const watching = (granted: boolean) => {
  const clock = { now: 0 };
  const reports: unknown[] = [];
  const browser = fakeTabs([7]);
  const store = createLaunchStore({
    session: memoryArea(),
    now: () => 0,
    onChange: () => undefined,
  });
  const watch = createLandingWatch({
    tabs: browser.tabs,
    store,
    report: async (_id, event) => {
      reports.push(event);
    },
    hasHostPermission: async () => granted,
    findApp: async () => APP,
    now: () => clock.now,
  });
  return { browser, store, watch, reports, clock };
};

describe('the landing watch', () => {
  test('tells once that the tab reached the app', async () => {
    const { browser, store, watch, reports } = watching(true);
    const record = await store.put(openedLaunch({ tabId: 7 }));
    await watch(record);
    browser.update({ tabId: 7, complete: true, url: 'https://shop.example.com/login' });
    browser.update({ tabId: 8, complete: true, url: 'https://shop.example.com/' });
    await settled();
    expect(reports).toEqual([]);
    browser.update({ tabId: 7, complete: true, url: 'https://shop.example.com/' });
    browser.update({ tabId: 7, complete: true, url: 'https://shop.example.com/' });
    await settled();
    expect(reports).toEqual([{ type: 'landed' }]);
    expect((await store.find(record.id))?.state).toBe('landed');
    expect(browser.listeners.size).toBe(0);
  });

  test('does not look without the permission, and does not claim to', async () => {
    const { browser, store, watch } = watching(false);
    const record = await store.put(openedLaunch({ tabId: 7 }));
    await watch(record);
    expect(browser.listeners.size).toBe(0);
    expect((await store.find(record.id))?.landing).toBe('unwatched');
  });

  test('stops looking after two minutes', async () => {
    const { browser, store, watch, clock } = watching(true);
    await watch(await store.put(openedLaunch({ tabId: 7 })));
    clock.now = 120_001;
    browser.update({ tabId: 7, complete: true, url: 'https://login.example.com/u/login' });
    await settled();
    expect(browser.listeners.size).toBe(0);
  });
});
