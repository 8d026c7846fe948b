import { expect, test } from 'vitest';
import { createReopenSession } from '../../../../../src/extension/background/session/reopen-session.ts';
import { SHOP } from '../app-examples.ts';
import { fakeTabs } from '../fakes.ts';
import { LAUNCH_ID, launchesOf, launchRecord, NOON_THIRTY } from '../launch-examples.ts';

const reopening = async (record: ReturnType<typeof launchRecord>) => {
  const browser = fakeTabs();
  const launches = await launchesOf([record]);
  const reopen = createReopenSession({
    launches,
    tabs: browser.tabs,
    findApp: async (id) => (id === SHOP.id ? SHOP : undefined),
    now: () => NOON_THIRTY,
  });
  return { reopen, browser, launches };
};

test('a session whose tab was closed is opened again at the app’s first page, in its own container', async () => {
  const closed = launchRecord({
    openIn: 'container',
    cookieStore: 'firefox-container-1',
    tab: 'closed',
  });
  const { reopen, browser, launches } = await reopening(closed);
  expect(await reopen(LAUNCH_ID)).toMatchObject({ ok: true, value: { tab: 'open' } });
  expect(browser.opened).toEqual([
    { url: 'https://shop.example.com/', store: 'firefox-container-1', behind: false },
  ]);
  expect(await launches.find(LAUNCH_ID)).toMatchObject({ tabId: 101, tab: 'open' });
});

test('a session in a private window is opened again in one, and its tab is unknown where that cannot be seen', async () => {
  const secret = launchRecord({ openIn: 'private_window', cookieStore: 'private', tab: 'closed' });
  const { reopen, browser } = await reopening(secret);
  Object.assign(browser.tabs, { openPrivate: async () => undefined });
  expect(await reopen(LAUNCH_ID)).toMatchObject({ value: { tab: 'unknown' } });
  expect(browser.opened).toEqual([]);
});

test.each([
  ['is over', launchRecord({ state: 'ended' })],
  ['is another browser’s', launchRecord({ openIn: undefined, cookieStore: undefined })],
  ['is in an app that is gone', launchRecord({ targetAppId: 'gone' as typeof SHOP.id })],
])('a session that %s is not opened again', async (_why, record) => {
  const { reopen, browser } = await reopening(record);
  expect(await reopen(LAUNCH_ID)).toMatchObject({ problem: { code: 'launch_unknown' } });
  expect(browser.opened).toEqual([]);
});

test('a session whose container was removed says that no tab was opened', async () => {
  const { reopen, browser } = await reopening(launchRecord({ tab: 'closed' }));
  Object.assign(browser.tabs, {
    open: () => Promise.reject(new Error('No such container.')),
  });
  expect(await reopen(LAUNCH_ID)).toMatchObject({ problem: { code: 'tab_not_opened' } });
});
