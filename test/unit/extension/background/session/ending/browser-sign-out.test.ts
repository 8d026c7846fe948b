import { expect, test } from 'vitest';
import { createBrowserSignOut } from '../../../../../../src/extension/background/session/ending/browser-sign-out.ts';
import { signOutTargetOf } from '../../../../../../src/extension/background/session/sign-out-urls.ts';
import { SHOP } from '../../app-examples.ts';
import { fakeTabs } from '../../fakes.ts';

const OWN_TAB = 41;
const SEEN_TAB = 42;

test('signing out of a place loads the app’s tabs again, once each: those in sight and those known to show it', async () => {
  const browser = fakeTabs([OWN_TAB, SEEN_TAB]);
  const browserSignOut = createBrowserSignOut({
    launches: { note: async () => undefined },
    tabs: { ...browser.tabs, showing: async () => [SEEN_TAB, OWN_TAB] },
    sessionTabs: async () => ({ own: undefined, ids: [], complete: false }),
    delay: () => new Promise<void>(() => undefined),
  });
  expect(await browserSignOut.place(signOutTargetOf(SHOP), 'default', [OWN_TAB])).toBe(true);
  expect(browser.reloaded).toEqual([OWN_TAB, SEEN_TAB]);
  expect(browser.opened).toMatchObject([{ behind: true }]);
});
