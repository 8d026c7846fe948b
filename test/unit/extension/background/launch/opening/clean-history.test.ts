import { describe, expect, test } from 'vitest';
import { createHistoryCleaning } from '../../../../../../src/extension/background/launch/opening/clean-history.ts';
import { SHOP as APP } from '../../app-examples.ts';
import { fakeHistory, fakeTimers, settled } from '../../fakes.ts';
import { launchesOf, launchRecord } from '../../launch-examples.ts';

const HOME = 'https://shop.example.com/';
const LOGIN = 'https://shop.example.com/login?session_transfer_token=Ed-jgvPDry5p3Bzr';
const AUTHORIZE = 'https://login.example.com/authorize?session_transfer_token=Ed-jgvPDry5p3Bzr';

const cleaning = async (launch: Parameters<typeof launchRecord>[0] = {}) => {
  const timers = fakeTimers();
  const browser = fakeHistory();
  const launches = await launchesOf([launchRecord({ state: 'opened', openedAt: 0, ...launch })], {
    now: timers.now,
  });
  const parts = createHistoryCleaning({
    ...browser,
    ...timers,
    launches,
    findApp: async () => APP,
  });
  return { ...browser, ...parts, timers };
};

/** An app that redirects at once: one moment for all hops. */
const SERVER_REDIRECTS = [
  { url: LOGIN, time: 10.001 },
  { url: AUTHORIZE, time: 10.001 },
  { url: `${HOME}callback?code=c`, time: 10.001 },
  { url: HOME, time: 10.001 },
];

describe('the history', () => {
  test('loses each URL that carries the token, once the sign-in is through, and nothing else', async () => {
    const { tick, timers, visit, forgotten } = await cleaning();
    void tick();
    await settled();
    for (const page of SERVER_REDIRECTS) {
      visit(page);
    }
    visit({ url: 'https://crm.example.com/', time: 12 });
    await timers.advance(3_999);
    expect(forgotten).toEqual([]);
    await timers.advance(1);
    expect(forgotten).toEqual([LOGIN, AUTHORIZE]);
  });

  test('loses what was followed from a page that showed the token, by its moment', async () => {
    const { tick, timers, visit, forgotten } = await cleaning();
    void tick();
    await settled();
    visit({ url: LOGIN, time: 10.001 });
    visit({ url: 'https://crm.example.com/', time: 12.5 });
    visit({ url: 'https://shop.example.com/login', time: 13.002 });
    visit({ url: HOME, time: 14 });
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
    visit({ url, time: 10 });
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
    visit({ url, time: 10 });
    await timers.advance(4_000);
    expect(forgotten).toEqual([]);
  });

  test('is listened to by a worker in its first turn, and not any more when no token is on its way', async () => {
    const { listen, tick, listeners } = await cleaning({ openedAt: -60_000 });
    listen();
    expect(listeners.size).toBe(1);
    await tick();
    expect(listeners.size).toBe(0);
  });

  test('is listened to from the request on, for the minute that a token lives, by one watch', async () => {
    const { tick, timers, listeners } = await cleaning({ state: 'requested', openedAt: 5_000 });
    void tick();
    await settled();
    expect(listeners.size).toBe(1);
    await tick();
    await timers.advance(60_000);
    expect(listeners.size).toBe(1);
    await timers.advance(60_000);
    expect(listeners.size).toBe(0);
  });
});

test('access that is given while a token is on its way is used at once', async () => {
  const { tick, listeners } = await cleaning();
  void tick();
  await settled();
  listeners.clear();
  await tick();
  expect(listeners.size).toBe(1);
});

describe('a worker that takes over', () => {
  const LISTED = [
    { url: HOME, time: 10.001 },
    { url: 'https://crm.example.com/', time: 12 },
    { url: AUTHORIZE, time: 10.002 },
  ];

  test('removes the moments of the app’s pages since the launch, and what still carries the token', async () => {
    const { resume, timers, listed, forgotten } = await cleaning();
    listed.push(...LISTED);
    void resume();
    await timers.advance(3_999);
    expect(forgotten).toEqual([]);
    await timers.advance(1);
    expect(forgotten).toEqual([10.001, AUTHORIZE]);
  });

  test('looks at nothing when no token can be on its way any more', async () => {
    const { resume, timers, listed, forgotten } = await cleaning({ openedAt: -60_000 });
    listed.push(...LISTED);
    void resume();
    await timers.advance(4_000);
    expect(forgotten).toEqual([]);
  });
});
