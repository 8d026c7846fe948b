import { describe, expect, test } from 'vitest';
import { targetAppIdSchema } from '../../../../../../src/contract/ids.ts';
import { extensionProblem } from '../../../../../../src/extension/messages/wire/problem.ts';
import { LAUNCH_ID, SECOND_LAUNCH_ID } from '../../launch-examples.ts';
import { APP, ending, type Known, LOGOUTS } from './ending-example.ts';

describe('ending a session', () => {
  test('signs out of the app, of its login domain, and at the tenant', async () => {
    const { end, launches, browser, calls, removed } = await ending({ cookie: false });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      ok: true,
      value: {
        state: 'ended',
        cause: 'agent',
        verdict: { tenant: 'gone', browser: 'signed_out' },
      },
    });
    expect(browser.navigations).toEqual(LOGOUTS.map((url) => ({ tabId: 7, url })));
    expect(calls).toEqual(['endLaunch']);
    expect(removed).toEqual(['https://login.example.com:8443']);
    expect(await launches.find(LAUNCH_ID)).toMatchObject({ state: 'ended', dismissed: false });
    expect(browser.listeners.size).toBe(0);
  });

  test.each([
    [undefined, 'not_seen'],
    [true, 'still_signed_in'],
  ])('says what the cookie says: %s', async (cookie, browser) => {
    const { end } = await ending({ cookie, tenantSession: 'not_in_plan' });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { verdict: { tenant: 'not_in_plan', browser } },
    });
  });

  test('leaves a record for later when the backend does not answer', async () => {
    const { end, calls } = await ending({ tenantSession: undefined });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { state: 'ended', verdict: { tenant: 'unreachable' } },
    });
    expect(calls).toEqual(['endLaunch', { type: 'ended', cause: 'agent' }]);
  });

  test('records another cause before the tenant is asked', async () => {
    const { end, calls } = await ending();
    await end(LAUNCH_ID, 'signed_out');
    expect(calls).toEqual([{ type: 'ended', cause: 'signed_out' }, 'endLaunch']);
  });

  test('does not claim to have ended what a supervisor ended', async () => {
    const { end, calls } = await ending();
    await end(LAUNCH_ID, 'supervisor');
    expect(calls).toEqual(['endLaunch']);
  });

  test('for another customer closes the tab, and tells nobody that it is over', async () => {
    const { end, launches, browser } = await ending();
    await end(LAUNCH_ID, 'replaced');
    expect(browser.existing.has(7)).toBe(false);
    expect((await launches.find(LAUNCH_ID))?.dismissed).toBe(true);
  });

  test('keeps the cause that a worker before this one began with', async () => {
    const { end, launches, calls } = await ending();
    await launches.note(LAUNCH_ID, { ending: 'app', cause: 'replaced' });
    await end(LAUNCH_ID, 'agent');
    expect(calls[0]).toEqual({ type: 'ended', cause: 'replaced' });
  });

  test.each([undefined, 'javascript:alert(1)', 'http://shop.example.com/logout'])(
    'leaves out the app’s logout %s',
    async (logoutUrl) => {
      const { logoutUrl: _logoutUrl, ...app } = APP;
      const { end, browser } = await ending({
        app: logoutUrl === undefined ? app : { ...APP, logoutUrl },
      });
      await end(LAUNCH_ID, 'agent');
      expect(browser.navigations.map(({ url }) => url)).toEqual([LOGOUTS[1]]);
    },
  );

  test('is over once, however often it is asked for', async () => {
    const { end, browser, calls } = await ending();
    await Promise.all([end(LAUNCH_ID, 'agent'), end(LAUNCH_ID, 'agent')]);
    await end(LAUNCH_ID, 'agent');
    expect(browser.navigations).toHaveLength(2);
    expect(calls).toHaveLength(1);
  });

  test('of an app that is gone is ended at the tenant alone, and says so', async () => {
    const { end, browser } = await ending({ app: undefined });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { state: 'ended', verdict: { tenant: 'gone', browser: 'not_reached' } },
    });
    expect(browser.navigations).toEqual([]);
  });

  test('of another browser signs nobody out of this one', async () => {
    const { end, launches, browser, removed } = await ending({ openTabs: [] });
    await launches.note(LAUNCH_ID, { openIn: undefined, cookieStore: undefined });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { verdict: { browser: 'not_reached' } },
    });
    expect([browser.opened, browser.navigations, removed]).toEqual([[], [], []]);
  });

  test('in a container is over with the container, whatever a cookie elsewhere says', async () => {
    const { end, launches, forgotten } = await ending({ cookie: true });
    await launches.note(LAUNCH_ID, { openIn: 'container', cookieStore: 'firefox-container-7' });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { verdict: { browser: 'signed_out' } },
    });
    expect(forgotten).toContain(LAUNCH_ID);
  });

  test('in a container that could not be removed is not called signed out', async () => {
    const { end, launches } = await ending({ containerStays: true });
    await launches.note(LAUNCH_ID, { openIn: 'container', cookieStore: 'firefox-container-7' });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { verdict: { browser: 'still_signed_in' } },
    });
  });

  test('asks the tenant even when every tab goes away meanwhile', async () => {
    const { end, browser, calls } = await ending({ openTabs: [] });
    Object.assign(browser.tabs, {
      navigate: async () => {
        throw new Error('No such tab.');
      },
      reload: async () => {
        throw new Error('No such tab.');
      },
    });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { state: 'ended', verdict: { tenant: 'gone' } },
    });
    expect(calls).toEqual(['endLaunch']);
  });

  test('leaves alone the tab in which the agent went elsewhere', async () => {
    const { end, browser } = await ending({ otherTabs: [] });
    browser.show(7, 'https://crm.example.com/');
    await end(LAUNCH_ID, 'agent');
    expect(browser.navigations.map(({ tabId }) => tabId)).toEqual([101, 101]);
    await end(LAUNCH_ID, 'replaced');
    expect(browser.existing.has(7)).toBe(true);
  });

  test.each<[string, Known]>([
    ['is in its app', { state: 'confirmed' }],
    ['may be in its app', { state: 'unconfirmed' }],
    ['is on its way there', { state: 'issued' }],
  ])('signs nobody out where a later launch %s', async (_where, later) => {
    const { end, launches, browser, calls } = await ending({ later, openTabs: [7, 8] });
    expect(await end(LAUNCH_ID, 'supervisor')).toMatchObject({
      value: { state: 'ended', verdict: { tenant: 'gone', browser: 'nothing_left' } },
    });
    expect([browser.opened, browser.navigations, browser.reloaded]).toEqual([[], [], []]);
    expect(calls).toEqual(['endLaunch']);
    expect(await launches.find(SECOND_LAUNCH_ID)).toMatchObject({ state: later?.state });
  });

  test.each<[string, Known]>([
    ['is over', { state: 'ended' }],
    ['is in another app', { targetAppId: targetAppIdSchema.parse('desk') }],
    ['is in another cookie store', { cookieStore: 'private' }],
  ])('signs out where a later launch %s', async (_where, later) => {
    const { end, browser } = await ending({ later });
    await end(LAUNCH_ID, 'supervisor');
    expect(browser.navigations.map(({ url }) => url)).toEqual(LOGOUTS);
  });

  test('makes room for the launch that is on its way', async () => {
    const { end, browser } = await ending({ later: { state: 'requested' } });
    await end(LAUNCH_ID, 'replaced');
    expect(browser.navigations.map(({ url }) => url)).toEqual(LOGOUTS);
  });

  test('of a launch that opened nothing signs nobody out', async () => {
    const problem = extensionProblem('launch_unknown');
    const { end, browser } = await ending({ launch: { state: 'not_landed', problem } });
    await end(LAUNCH_ID, 'supervisor');
    expect([browser.opened, browser.navigations]).toEqual([[], []]);
  });

  test('of a replaced session that could not be reached is told to the agent', async () => {
    const { end, launches } = await ending({ openTabs: [] });
    await launches.note(LAUNCH_ID, { openIn: 'private_window', cookieStore: 'private' });
    await end(LAUNCH_ID, 'replaced');
    expect(await launches.find(LAUNCH_ID)).toMatchObject({ state: 'ended', dismissed: false });
  });
});
