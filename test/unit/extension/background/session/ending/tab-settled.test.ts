import { expect, test } from 'vitest';
import {
  navigateAndSettle,
  waitUntilReady,
} from '../../../../../../src/extension/background/session/ending/tab-settled.ts';
import type { TabUpdate } from '../../../../../../src/extension/browser/tabs/tabs.ts';
import { fakeTabs, fakeTimers, settled } from '../../fakes.ts';

const LOGOUT = 'https://login.example.com/v2/logout';

/** A tab that says nothing by itself. */
const quietTab = (isComplete = true) => {
  const { tabs, update, listeners } = fakeTabs([7]);
  Object.assign(tabs, { navigate: async () => undefined, isComplete: async () => isComplete });
  const say = (change: Partial<TabUpdate>): void =>
    update({ tabId: 7, loading: false, complete: false, url: undefined, ...change });
  return { tabs, say, listeners };
};

test('a page that was still loading before does not count as the one that was asked for', async () => {
  const { tabs, say, listeners } = quietTab();
  let over: boolean | undefined;
  const { delay } = fakeTimers();
  void navigateAndSettle(tabs, 7, LOGOUT, delay(15_000)).then((value) => {
    over = value;
  });
  await settled();
  say({ complete: true });
  await settled();
  expect(over).toBeUndefined();
  say({ loading: true });
  say({ tabId: 8, complete: true });
  await settled();
  expect(over).toBeUndefined();
  say({ complete: true });
  await settled();
  expect(over).toBe(true);
  expect(listeners.size).toBe(0);
});

test('a page that does not come is given up in time', async () => {
  const { tabs, say, listeners } = quietTab();
  const timers = fakeTimers();
  const over = navigateAndSettle(tabs, 7, LOGOUT, timers.delay(15_000));
  await settled();
  say({ loading: true });
  await timers.advance(15_000);
  expect(await over).toBe(false);
  expect(listeners.size).toBe(0);
});

test('a new tab is ready at once when it is complete, else when it says so, else after the wait', async () => {
  const done: string[] = [];
  const timers = fakeTimers();
  const wait = (isComplete: boolean, name: string) => {
    const tab = quietTab(isComplete);
    void waitUntilReady(tab.tabs, 7, timers.delay(15_000)).then(() => done.push(name));
    return tab;
  };
  wait(true, 'complete');
  const later = wait(false, 'later');
  wait(false, 'never');
  await settled();
  expect(done).toEqual(['complete']);
  later.say({ complete: true });
  await settled();
  expect(done).toEqual(['complete', 'later']);
  await timers.advance(15_000);
  expect(done).toEqual(['complete', 'later', 'never']);
});
