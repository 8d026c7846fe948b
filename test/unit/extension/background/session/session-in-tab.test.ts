import { expect, test } from 'vitest';
import type { TargetApp } from '../../../../../src/contract/target-app.ts';
import { createSessionInTab } from '../../../../../src/extension/background/session/session-in-tab.ts';
import { openedLaunch, SECOND_LAUNCH_ID } from '../launch-examples.ts';

const SHOP = { origins: ['https://shop.example'] } as unknown as TargetApp;

const sessionIn = (...launches: readonly ReturnType<typeof openedLaunch>[]) =>
  createSessionInTab({
    store: { all: async () => launches },
    findApp: async () => SHOP,
    now: () => 0,
  });

test('a tab is in the session of the launch that opened it', async () => {
  const first = openedLaunch({ tabId: 7 });
  const second = openedLaunch({ id: SECOND_LAUNCH_ID, tabId: 8 });
  expect(await sessionIn(second, first)({ id: 7, url: undefined, store: 'default' })).toBe(
    first.id,
  );
});

test('another tab of the app is in the newest session', async () => {
  const launch = openedLaunch({ tabId: 7 });
  expect(
    await sessionIn(launch)({ id: 9, url: 'https://shop.example/orders', store: 'default' }),
  ).toBe(launch.id);
});

test.each([undefined, 'https://shop.example.evil/', 'chrome://settings'])(
  'a tab at %s is in none',
  async (url) => {
    expect(
      await sessionIn(openedLaunch({ tabId: 7 }))({ id: 9, url, store: 'default' }),
    ).toBeUndefined();
  },
);

test('an ended session is none', async () => {
  const ended = openedLaunch({ tabId: 7, state: 'ended' });
  expect(
    await sessionIn(ended)({ id: 7, url: 'https://shop.example/', store: 'default' }),
  ).toBeUndefined();
});

test('a tab of another cookie store is in no session of this one', async () => {
  const tab = { id: 9, url: 'https://shop.example/', store: 'private' };
  expect(await sessionIn(openedLaunch({ tabId: 7 }))(tab)).toBeUndefined();
});
