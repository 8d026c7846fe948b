import { describe, expect, test } from 'vitest';
import { targetAppIdSchema } from '../../../../src/contract/ids.ts';
import type { TargetApp } from '../../../../src/contract/target-app.ts';
import { createHistoryCleaning } from '../../../../src/extension/background/history-cleaning.ts';
import type { LaunchRecord } from '../../../../src/extension/background/launch-record.ts';
import { createLaunchStore } from '../../../../src/extension/background/launch-store.ts';
import { fakeHistory, fakeTimers, memoryArea, settled } from './fakes.ts';
import { LAUNCH_ID, openedLaunch } from './launch-examples.ts';

const APP: TargetApp = {
  id: targetAppIdSchema.parse('shop'),
  name: 'Shop',
  loginUrl: 'https://shop.example.com/login',
  loginDomain: 'login.example.com',
  origins: ['https://shop.example.com'],
  organizationUsage: 'deny',
  ways: ['delegation'],
};
const HOME = 'https://shop.example.com/';
const LOGIN = 'https://shop.example.com/login?session_transfer_token=Ed-jgvPDry5p3Bzr';
const AUTHORIZE = 'https://login.example.com/authorize?session_transfer_token=Ed-jgvPDry5p3Bzr';

const cleaning = async (launch: Partial<LaunchRecord> = {}) => {
  const timers = fakeTimers();
  const browser = fakeHistory();
  const store = createLaunchStore({
    session: memoryArea(),
    now: timers.now,
    onChange: () => undefined,
  });
  await store.put(openedLaunch({ openedAt: 0, ...launch }));
  const { listen, tick } = createHistoryCleaning({
    history: browser.history,
    store,
    findApp: async () => APP,
    delay: timers.delay,
    now: timers.now,
  });
  const change = async (changed: Partial<LaunchRecord>) => {
    await store.change(LAUNCH_ID, changed);
    void tick();
    await settled();
  };
  const visitedAt = async () => (await store.find(LAUNCH_ID))?.visitedAt;
  return { ...browser, timers, listen, tick, change, visitedAt };
};

/** An app that redirects at once: one moment for all hops. */
const SERVER_REDIRECTS = [
  { url: LOGIN, lastVisitTime: 10.001 },
  { url: AUTHORIZE, lastVisitTime: 10.001 },
  { url: `${HOME}callback?code=c`, lastVisitTime: 10.001 },
  { url: HOME, lastVisitTime: 10.001 },
];

describe('the history', () => {
  test('loses each URL that carries the token, once the sign-in is through, and nothing else', async () => {
    const { tick, timers, visit, forgotten } = await cleaning();
    void tick();
    await settled();
    for (const page of SERVER_REDIRECTS) visit(page);
    visit({ url: 'https://crm.example.com/', lastVisitTime: 12 });
    await timers.advance(3_999);
    expect(forgotten).toEqual([]);
    await timers.advance(1);
    expect(forgotten).toEqual([LOGIN, AUTHORIZE]);
  });

  test('loses what was followed from a page that showed the token, by its moment', async () => {
    const { tick, timers, visit, forgotten } = await cleaning();
    void tick();
    await settled();
    visit({ url: LOGIN, lastVisitTime: 10.001 });
    visit({ url: 'https://crm.example.com/', lastVisitTime: 12.5 });
    visit({ url: 'https://shop.example.com/login', lastVisitTime: 13.002 });
    visit({ url: HOME, lastVisitTime: 14 });
    await timers.advance(4_000);
    expect(forgotten).toEqual([LOGIN, 13.002]);
  });

  test.each([
    `${HOME}start?to=%2Flogin%3Fsession_transfer_token%3DEd-jgvPDry5p3Bzr`,
    `${HOME}start?to=%252Flogin%253Fsession_transfer_token%253DEd-jgvPDry5p3Bzr`,
  ])('loses a token within another parameter: %s', async (url) => {
    const { tick, timers, visit, forgotten } = await cleaning();
    void tick();
    await settled();
    visit({ url, lastVisitTime: 10 });
    await timers.advance(4_000);
    expect(forgotten).toEqual([url]);
  });

  test.each([
    'https://docs.example.com/?q=session_transfer_token',
    'https://docs.example.com/session_transfer_token.html',
    'https://docs.example.com/?session_transfer_token=',
  ])('keeps what only names the parameter: %s', async (url) => {
    const { tick, timers, visit, forgotten } = await cleaning();
    void tick();
    await settled();
    visit({ url, lastVisitTime: 10 });
    await timers.advance(4_000);
    expect(forgotten).toEqual([]);
  });

  test('is listened to by a worker in its first turn, and not any more when no launch is on its way', async () => {
    const { listen, tick, listeners } = await cleaning({ openedAt: -20_000 });
    listen();
    expect(listeners.size).toBe(1);
    await tick();
    expect(listeners.size).toBe(0);
  });

  test('is listened to from the request on, for twenty seconds after the tab opened', async () => {
    const { tick, timers, listeners } = await cleaning({ state: 'requested', openedAt: 5_000 });
    void tick();
    await settled();
    expect(listeners.size).toBe(1);
    await timers.advance(20_000);
    expect(listeners.size).toBe(1);
    await timers.advance(20_000);
    expect(listeners.size).toBe(0);
  });
});

describe('after the end', () => {
  const ended = async () => {
    const parts = await cleaning({ openedAt: -20_000, visitedAt: [10.001] });
    await parts.change({ ending: 'app' });
    parts.visit({ url: `${HOME}logout`, lastVisitTime: 20.002 });
    parts.visit({ url: 'https://crm.example.com/', lastVisitTime: 21 });
    await settled();
    await parts.change({ ending: undefined, state: 'ended' });
    return parts;
  };

  test('the moments of sign-in and signing-out go one after the other, so that each is written', async () => {
    const { timers, forgotten } = await ended();
    expect(forgotten).toEqual([10.001]);
    await timers.advance(4_000);
    expect(forgotten).toEqual([10.001, 20.002]);
  });

  test('they go once, also when a new worker goes on', async () => {
    const { timers, tick, forgotten, visitedAt } = await ended();
    await timers.advance(4_000);
    expect(await visitedAt()).toEqual([20.002]);
    await timers.advance(4_000);
    expect(await visitedAt()).toEqual([]);
    await tick();
    expect(forgotten).toEqual([10.001, 20.002]);
  });

  test('while the session lasts, no moment goes', async () => {
    const { tick, forgotten } = await cleaning({ openedAt: -20_000, visitedAt: [10.001] });
    await tick();
    expect(forgotten).toEqual([]);
  });
});
