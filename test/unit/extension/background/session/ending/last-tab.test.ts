import { expect, test } from 'vitest';
import type { TargetApp } from '../../../../../../src/contract/target-app.ts';
import { createLastTab } from '../../../../../../src/extension/background/session/ending/last-tab.ts';
import { createSessionTabs } from '../../../../../../src/extension/background/session/session-tabs.ts';
import { fakeTabs } from '../../fakes.ts';
import { LAUNCH_ID, launchesOf, launchRecord } from '../../launch-examples.ts';

const SHOP = {
  origins: ['https://shop.example.com'],
  loginUrl: 'https://shop.example.com/login',
  loginDomain: 'login.example.com',
} as unknown as TargetApp;

type World = {
  readonly open?: readonly number[];
  readonly others?: readonly number[];
  readonly wanted?: boolean;
  readonly seen?: boolean;
  readonly privateWindow?: boolean;
  readonly launch?: Parameters<typeof launchRecord>[0];
};

/** Which sessions end when a tab is closed in such a world. */
const endedBy = async ({
  open = [],
  others = [],
  wanted = true,
  seen = true,
  privateWindow = true,
  launch = {},
}: World) => {
  const ended: unknown[] = [];
  const { tabs } = fakeTabs(open);
  Object.assign(tabs, {
    showing: async () => others,
    hasPrivateWindow: async () => privateWindow,
    url: async () => 'https://shop.example.com/',
  });
  const lastTab = createLastTab({
    launches: await launchesOf([launchRecord({ tabId: 7, ...launch })]),
    tabs,
    sessionTabs: createSessionTabs({ tabs, hasHostPermission: async () => seen }),
    findApp: async () => SHOP,
    endSession: async (id, cause) => ended.push([id, cause]),
    isWanted: async () => wanted,
  });
  await lastTab();
  return ended;
};

test('closing the last tab of a session ends it, where that was chosen', async () => {
  expect(await endedBy({})).toEqual([[LAUNCH_ID, 'tab_closed']]);
});

const IN_PRIVATE = { openIn: 'private_window', cookieStore: 'private' } as const;

test('closing the last private window ends what was in it, whatever the agent chose', async () => {
  const world = { wanted: false, privateWindow: false, launch: IN_PRIVATE };
  expect(await endedBy(world)).toEqual([[LAUNCH_ID, 'tab_closed']]);
});

test.each<[string, World]>([
  ['nobody chose so', { wanted: false }],
  ['its own tab is open', { open: [7] }],
  ['another tab of the app is open in its store', { others: [8] }],
  ['other tabs of the app cannot be seen', { seen: false }],
  ['its tabs are unknown', { launch: { tabId: undefined } }],
  ['a private window is left', { wanted: false, launch: IN_PRIVATE }],
  ['it is over', { launch: { state: 'ended' } }],
])('it goes on when %s', async (_name, world) => {
  expect(await endedBy(world)).toEqual([]);
});
