import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openByOneTimeRedirect } from '../../../../../src/extension/browser/tabs/one-time-redirect.ts';
import type { TabUpdate } from '../../../../../src/extension/browser/tabs/tabs.ts';
import { leadOn } from '../../../../../src/extension/redirect-worker/lead-on.ts';

const DESTINATION = 'https://shop.example/login?session_transfer_token=t';
const TAB = 7;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('chrome', {
    runtime: { getURL: (path: string) => `chrome-extension://id${path}` },
  });
});
afterEach(async () => {
  // Closes the channels that are still open.
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A browser that opens one tab. */
const browserWith = (opens: () => Promise<number>) => {
  const listeners = new Set<(update: TabUpdate) => void>();
  const asked: string[] = [];
  const navigated: (number | string)[][] = [];
  return {
    asked,
    navigated,
    listeners,
    update: (tabId: number, complete: boolean): void => {
      for (const listener of listeners) {
        listener({ tabId, complete, loading: !complete, url: undefined });
      }
    },
    open: (url: string) => {
      asked.push(url);
      return opens();
    },
    navigate: async (tabId: number, url: string) => {
      navigated.push([tabId, url]);
    },
    onUpdated: (listener: (update: TabUpdate) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

/** Where the browser is led that asks for the address: waits until somebody says so. */
const followed = async (address = ''): Promise<string | null> =>
  (await leadOn(address)).headers.get('location');

/** Whether nobody says where the address leads, for as long as the browser waits for that. */
const leadsNowhere = async (address = ''): Promise<boolean> => {
  const answer = leadOn(address);
  // A question and its answer take a turn each.
  for (let turn = 0; turn < 10; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await vi.advanceTimersByTimeAsync(5_000);
  return (await answer).type === 'error';
};

test('a tab is asked for an address of the extension’s own, which leads to the destination', async () => {
  const browser = browserWith(async () => TAB);
  expect(await openByOneTimeRedirect(browser, DESTINATION)).toBe(TAB);
  expect(browser.asked).toEqual([
    expect.stringMatching(/^chrome-extension:\/\/id\/launch\/[0-9a-f-]{36}$/),
  ]);
  expect(await followed(browser.asked[0])).toBe(DESTINATION);
});

test('a one-time redirect leads on once', async () => {
  const browser = browserWith(async () => TAB);
  await openByOneTimeRedirect(browser, DESTINATION);
  expect(await followed(browser.asked[0])).toBe(DESTINATION);
  expect(await leadsNowhere(browser.asked[0])).toBe(true);
});

test('a one-time redirect leads nowhere after a minute', async () => {
  const browser = browserWith(async () => TAB);
  await openByOneTimeRedirect(browser, DESTINATION);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await leadsNowhere(browser.asked[0])).toBe(true);
});

test('each tab has a one-time redirect of its own', async () => {
  const browser = browserWith(async () => TAB);
  await openByOneTimeRedirect(browser, DESTINATION);
  await openByOneTimeRedirect(browser, `${DESTINATION}2`);
  expect(await followed(browser.asked[1])).toBe(`${DESTINATION}2`);
  expect(await followed(browser.asked[0])).toBe(DESTINATION);
});

test('a tab that came by its one-time redirect is left alone when it has loaded', async () => {
  const browser = browserWith(async () => TAB);
  await openByOneTimeRedirect(browser, DESTINATION);
  await followed(browser.asked[0]);
  browser.update(TAB, false);
  browser.update(TAB, true);
  expect(browser.navigated).toEqual([]);
  expect(browser.listeners.size).toBe(0);
});

test('a tab that has loaded without asking where to is sent to the destination, and the redirect is gone', async () => {
  const browser = browserWith(async () => TAB);
  await openByOneTimeRedirect(browser, DESTINATION);
  browser.update(8, true);
  expect(browser.navigated).toEqual([]);
  browser.update(TAB, true);
  expect(browser.navigated).toEqual([[TAB, DESTINATION]]);
  expect(browser.listeners.size).toBe(0);
  expect(await leadsNowhere(browser.asked[0])).toBe(true);
});

test('a tab that has loaded before the browser gave its id is sent to the destination, too', async () => {
  const browser = browserWith(async () => {
    browser.update(TAB, true);
    return TAB;
  });
  await openByOneTimeRedirect(browser, DESTINATION);
  expect(browser.navigated).toEqual([[TAB, DESTINATION]]);
});

test('a tab that the browser does not open leaves no redirect behind', async () => {
  const browser = browserWith(async () => {
    throw new Error('no window');
  });
  await expect(openByOneTimeRedirect(browser, DESTINATION)).rejects.toThrow('no window');
  expect(browser.listeners.size).toBe(0);
  expect(await leadsNowhere(browser.asked[0])).toBe(true);
});
