import { expect, test } from 'vitest';
import type { TargetApp } from '../../../../../../src/contract/target-app.ts';
import { createTabTitles } from '../../../../../../src/extension/background/session/indicators/tab-titles.ts';
import { createSessionTabs } from '../../../../../../src/extension/background/session/session-tabs.ts';
import { fakeTabs } from '../../fakes.ts';
import { LAUNCH_ID, launchRecord } from '../../launch-examples.ts';

const SHOP = {
  origins: ['https://shop.example.com'],
  loginUrl: 'https://shop.example.com/login',
  loginDomain: 'login.example.com',
} as unknown as TargetApp;

const titles = async (mayLook: boolean, app: TargetApp | undefined = SHOP) => {
  const { tabs, show } = fakeTabs([7, 8]);
  const seen: unknown[] = [];
  Object.assign(tabs, {
    showing: async (origins: readonly string[], store: string) => {
      seen.push([origins, store]);
      return [7, 8];
    },
  });
  if (mayLook) {
    for (const tabId of [7, 8]) {
      show(tabId, 'https://shop.example.com/');
    }
  }
  const tabTitles = createTabTitles({
    launches: { find: async () => launchRecord({ tabId: 7 }) },
    sessionTabs: createSessionTabs({ tabs, hasHostPermission: async () => mayLook }),
    tabs,
    findApp: async () => app,
  });
  return { answer: await tabTitles(LAUNCH_ID), seen };
};

test('a session’s tabs are all of its store that show the app, each once', async () => {
  const { answer, seen } = await titles(true);
  expect(answer).toEqual({ titles: ['Page of 7', 'Page of 8'], complete: true });
  expect(seen).toEqual([[['https://shop.example.com'], 'default']]);
});

test('without access to the app only its own tab is known, without a title', async () => {
  const { answer, seen } = await titles(false);
  expect(answer).toEqual({ titles: [''], complete: false });
  expect(seen).toEqual([]);
});
