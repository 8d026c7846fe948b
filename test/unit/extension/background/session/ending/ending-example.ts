import { targetAppIdSchema } from '../../../../../../src/contract/ids.ts';
import type { TargetApp } from '../../../../../../src/contract/target-app.ts';
import type { BackendClient } from '../../../../../../src/extension/background/backend/backend-client.ts';
import { createBrowserSignOut } from '../../../../../../src/extension/background/session/ending/browser-sign-out.ts';
import { createEndSession } from '../../../../../../src/extension/background/session/ending/end-session.ts';
import { createBrowserCheck } from '../../../../../../src/extension/background/session/ending/end-verdict.ts';
import { createSessionTabs } from '../../../../../../src/extension/background/session/session-tabs.ts';
import { refused } from '../../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../../src/extension/messages/wire/problem.ts';
import { fakeTabs } from '../../fakes.ts';
import { launchesOf, launchRecord, NOON_THIRTY, SECOND_LAUNCH_ID } from '../../launch-examples.ts';

/** An app whose id and login domain have characters that a URL escapes. */
export const APP: TargetApp = {
  id: targetAppIdSchema.parse('shop & co'),
  name: 'Shop',
  loginUrl: 'https://shop.example.com/login',
  logoutUrl: 'https://shop.example.com/logout',
  loginDomain: 'login.example.com:8443',
  origins: ['https://shop.example.com'],
  organizationUsage: 'deny',
  ways: ['delegation'],
};

/** Where a sign-out of it goes, in order. */
export const LOGOUTS = [
  'https://shop.example.com/logout',
  'https://login.example.com:8443/v2/logout?client_id=shop+%26+co',
];

/** What differs from an ordinary launch. */
export type Known = Parameters<typeof launchRecord>[0];

type World = {
  readonly openTabs?: readonly number[];
  readonly otherTabs?: readonly number[];
  readonly app?: TargetApp | undefined;
  readonly tenantSession?: 'gone' | 'not_in_plan' | undefined;
  readonly cookie?: boolean | undefined;
  readonly containerStays?: boolean;
  readonly launch?: Known;
  /** Another launch that was asked for a minute later. */
  readonly later?: Known;
};

/** Ending a session in a browser of the test, with a record of what it did. */
export const ending = async (world: World = {}) => {
  const app = 'app' in world ? world.app : APP;
  const browser = fakeTabs(world.openTabs ?? [7]);
  Object.assign(browser.tabs, { showing: async () => world.otherTabs ?? [] });
  const calls: unknown[] = [];
  const removed: unknown[] = [];
  const forgotten: string[] = [];
  const released: number[] = [];
  const requestedAt = '2026-11-20T12:01:00.000Z';
  const later = world.later && { id: SECOND_LAUNCH_ID, tabId: 8, requestedAt, ...world.later };
  const launches = await launchesOf([
    ...(later ? [launchRecord(later)] : []),
    launchRecord({ tabId: 7, ...world.launch }),
  ]);
  const { tenantSession } = { tenantSession: 'gone', ...world };
  const client = (async (name: string) => {
    calls.push(name);
    return tenantSession === undefined
      ? refused(extensionProblem('offline'))
      : { ok: true, value: { tenantSession } };
  }) as unknown as BackendClient;
  const cookies = {
    present: async () => world.cookie,
    remove: async (origin: string) => {
      removed.push(origin);
    },
  };
  const end = createEndSession({
    launches,
    client,
    browserSignOut: createBrowserSignOut({
      launches,
      tabs: browser.tabs,
      sessionTabs: createSessionTabs({
        tabs: browser.tabs,
        hasHostPermission: async () => world.otherTabs !== undefined,
      }),
      delay: () => Promise.resolve(),
    }),
    browserCheck: createBrowserCheck(cookies),
    now: () => NOON_THIRTY,
    report: async (_id, event) => {
      calls.push(event);
    },
    tabGroups: {
      removeTab: async (tabId) => {
        released.push(tabId);
      },
    },
    keptSessions: {
      forget: async (id) => {
        forgotten.push(id);
        return world.containerStays !== true;
      },
    },
    findApp: async () => app,
  });
  return { end, launches, browser, calls, removed, forgotten, released };
};
