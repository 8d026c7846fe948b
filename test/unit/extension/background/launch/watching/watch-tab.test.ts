import { describe, expect, test } from 'vitest';
import { createTabOpening } from '../../../../../../src/extension/background/launch/opening/tab-opening.ts';
import { createTabWatch } from '../../../../../../src/extension/background/launch/watching/watch-tab.ts';
import { SHOP as APP } from '../../app-examples.ts';
import { fakeTabs, fakeTimers, settled } from '../../fakes.ts';
import { launchesOf, launchRecord, SECOND_LAUNCH_ID } from '../../launch-examples.ts';

const HOME = 'https://shop.example.com/';
const LOGIN_PAGE = 'https://login.example.com/u/login';

const watching = async (granted = true, confirmedByBackend = false) => {
  const timers = fakeTimers();
  const reports: unknown[] = [];
  const browser = fakeTabs([7]);
  const record = launchRecord({ state: 'opened', tabId: 7, openedAt: 0 });
  const launches = await launchesOf([record]);
  const opening = createTabOpening({ tabs: browser.tabs, delay: timers.delay });
  const landing = createTabWatch({
    tabs: browser.tabs,
    launches,
    untilAllLoaded: opening.untilAllLoaded,
    report: async (_id, event) => {
      reports.push(event);
    },
    askBackend: async (id) => {
      if (confirmedByBackend) {
        await launches.advance(id, 'confirmed', {});
      }
    },
    hasHostPermission: async () => granted,
    findApp: async () => APP,
    delay: timers.delay,
    now: timers.now,
  });
  const show = async (url: string | undefined, complete = true) => {
    browser.show(7, url);
    browser.update({ tabId: 7, loading: !complete, complete, url });
    await settled();
  };
  const state = async () => (await launches.find(record.id))?.state;
  return { browser, launches, opening, landing, reports, timers, record, show, state };
};

describe('the tab watch', () => {
  test('tells once that the tab reached the app', async () => {
    const { browser, landing, reports, record, show, launches } = await watching();
    void landing.watch(record);
    await settled();
    await show('https://shop.example.com/login');
    browser.update({ tabId: 8, loading: false, complete: true, url: HOME });
    await settled();
    expect(reports).toEqual([]);
    await show(HOME);
    await show(HOME);
    expect(reports).toEqual([{ type: 'landed' }]);
    expect(await launches.find(record.id)).toMatchObject({ state: 'landed', landing: 'seen' });
    expect(browser.listeners.size).toBe(0);
  });

  test('tells that the tab reached the app after it was told that the tab was opened', async () => {
    const { opening, landing, reports, record, show, timers } = await watching();
    void opening.untilLoaded(7).then(() => reports.push({ type: 'opened' }));
    void landing.watch(record);
    await settled();
    await show(HOME);
    await timers.advance(50);
    expect(reports).toEqual([{ type: 'opened' }, { type: 'landed' }]);
  });

  test('does not look without the permission, and does not claim to', async () => {
    const { browser, landing, record, launches } = await watching(false);
    await landing.watch(record);
    expect(browser.listeners.size).toBe(0);
    expect((await launches.find(record.id))?.landing).toBe('unwatched');
  });

  test('gives up at a login page that stays, with its origin only', async () => {
    const { landing, reports, record, show, timers, state } = await watching();
    void landing.watch(record);
    await settled();
    await show(LOGIN_PAGE);
    await timers.advance(3_900);
    expect(reports).toEqual([]);
    await timers.advance(200);
    expect(reports).toEqual([
      { type: 'not_landed', seen: { origin: 'https://login.example.com' } },
    ]);
    expect(await state()).toBe('not_landed');
  });

  test('does not mind a login domain that forwards by itself', async () => {
    const { landing, reports, record, show, timers } = await watching();
    void landing.watch(record);
    await settled();
    await show(LOGIN_PAGE);
    await timers.advance(1_000);
    await show(HOME);
    await timers.advance(30_000);
    expect(reports).toEqual([{ type: 'landed' }]);
  });

  test('gives up at once when the app is told an error, with its code only', async () => {
    const { landing, reports, record, show } = await watching();
    void landing.watch(record);
    await settled();
    await show(
      'https://shop.example.com/callback?error=access_denied&error_description=Nora&state=1',
      false,
    );
    expect(reports).toEqual([
      { type: 'not_landed', seen: { origin: 'https://shop.example.com', error: 'access_denied' } },
    ]);
  });

  test('gives up at an app that does not answer, though its address is still there', async () => {
    const { browser, landing, reports, record, show, timers } = await watching();
    void landing.watch(record);
    await settled();
    browser.broken.add(7);
    await show('https://shop.example.com/login');
    await timers.advance(4_100);
    expect(reports).toEqual([{ type: 'not_landed', seen: { origin: 'https://shop.example.com' } }]);
  });

  test('leaves time to a login route that is loaded and goes on by script', async () => {
    const { landing, reports, record, show, timers } = await watching();
    void landing.watch(record);
    await settled();
    await show('https://shop.example.com/login');
    await timers.advance(12_000);
    await show(HOME);
    expect(reports).toEqual([{ type: 'landed' }]);
  });

  test('gives up after twenty seconds of nothing, and still notices a late landing', async () => {
    const { landing, reports, record, show, timers, state } = await watching();
    void landing.watch(record);
    await settled();
    await show('https://shop.example.com/login', false);
    await timers.advance(20_000);
    expect(await state()).toBe('not_landed');
    await show(HOME);
    expect(reports).toEqual([
      { type: 'not_landed', seen: { origin: 'https://shop.example.com' } },
      { type: 'landed' },
    ]);
    expect(await state()).toBe('landed');
  });

  test('takes no page for a landing once the app got an error instead of a customer', async () => {
    const { landing, reports, record, show, state, browser } = await watching();
    void landing.watch(record);
    await settled();
    await show(`${HOME}callback?error=existing_session`);
    expect(await state()).toBe('not_landed');
    await show(HOME);
    expect(reports).toHaveLength(1);
    expect(await state()).toBe('not_landed');
    expect(browser.listeners.size).toBe(0);
  });

  test('takes no page for a late landing once the same app was opened again', async () => {
    const { landing, launches, reports, record, show, timers, state } = await watching();
    void landing.watch(record);
    await settled();
    await show('https://shop.example.com/login', false);
    await timers.advance(20_000);
    const requestedAt = '2026-11-20T12:00:10.000Z';
    await launches.restore(
      launchRecord({ id: SECOND_LAUNCH_ID, state: 'opened', requestedAt, tabId: 8 }),
    );
    await show(HOME);
    expect(reports).toMatchObject([{ type: 'not_landed' }]);
    expect(await state()).toBe('not_landed');
  });

  test('does not contradict a confirmation that was faster', async () => {
    const { landing, reports, record, timers, launches, state } = await watching();
    void landing.watch(record);
    await settled();
    await launches.advance(record.id, 'confirmed', {});
    await timers.advance(20_000);
    expect(reports).toEqual([]);
    expect(await state()).toBe('confirmed');
  });

  test('stops looking after two minutes', async () => {
    const { browser, landing, record, timers } = await watching();
    void landing.watch(record);
    await settled();
    await timers.advance(120_001);
    expect(browser.listeners.size).toBe(0);
  });

  test('tells of a tab that was closed before the app was there', async () => {
    const { landing, reports, record } = await watching();
    void landing.watch(record);
    await settled();
    await landing.tabClosed(7);
    expect(reports).toEqual([{ type: 'not_landed', cause: 'tab_closed' }]);
  });

  test('lets the tenant’s log speak first when an unwatched tab is closed', async () => {
    const { landing, reports, timers, state } = await watching(false, true);
    void landing.tabClosed(7);
    await timers.advance(8_000);
    expect(reports).toEqual([]);
    expect(await state()).toBe('confirmed');
  });

  test('does not mind other tabs, and tabs of sessions that landed', async () => {
    const { landing, reports, record, launches, timers } = await watching(false);
    await landing.tabClosed(8);
    await launches.advance(record.id, 'confirmed', {});
    await landing.tabClosed(7);
    await timers.advance(10_000);
    expect(reports).toEqual([]);
  });
});
