import { describe, expect, test } from 'vitest';
import { LAUNCH_ID } from '../../launch-examples.ts';
import { ending, LOGOUTS } from './ending-example.ts';

describe('ending a session', () => {
  test('for another customer closes every tab of the app, so that none becomes theirs', async () => {
    const { end, browser } = await ending({ openTabs: [7, 8, 9], otherTabs: [7, 8] });
    await end(LAUNCH_ID, 'replaced');
    expect([...browser.existing]).toEqual([9]);
    expect(browser.reloaded).toEqual([]);
  });

  test('takes its tab out of the customer’s group', async () => {
    const { end, released } = await ending();
    await end(LAUNCH_ID, 'agent');
    expect(released).toEqual([7]);
  });

  test('lets no other tab of the app go on showing the customer', async () => {
    const { end, browser } = await ending({ otherTabs: [8, 9] });
    await end(LAUNCH_ID, 'agent');
    expect(browser.reloaded).toEqual([8, 9]);
  });

  test('uses a tab of its own when the session’s is closed, and closes it', async () => {
    const { end, browser } = await ending({ openTabs: [] });
    await end(LAUNCH_ID, 'agent');
    expect(browser.opened).toEqual([{ url: 'about:blank', store: 'default', behind: true }]);
    expect(browser.navigations.map(({ url }) => url)).toEqual(LOGOUTS);
    expect(browser.existing.size).toBe(0);
  });

  test('of a private window that is gone opens no ordinary tab', async () => {
    const { end, launches, browser } = await ending({ openTabs: [] });
    await launches.note(LAUNCH_ID, { openIn: 'private_window', cookieStore: 'private' });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({
      value: { verdict: { browser: 'not_reached' } },
    });
    expect(browser.opened).toEqual([]);
  });

  test('goes on in a tab of its own when the agent closes the tab in the middle', async () => {
    const { end, browser } = await ending();
    const { tabs } = browser;
    const navigate = tabs.navigate;
    Object.assign(tabs, {
      navigate: async (tabId: number, url: string) => {
        await navigate(tabId, url);
        if (tabId === 7) {
          browser.existing.delete(7);
        }
      },
    });
    expect(await end(LAUNCH_ID, 'agent')).toMatchObject({ value: { state: 'ended' } });
    expect(browser.navigations.map(({ tabId, url }) => [tabId, url])).toEqual([
      [7, LOGOUTS[0]],
      [101, LOGOUTS[0]],
      [101, LOGOUTS[1]],
    ]);
  });
});
