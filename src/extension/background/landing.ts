import type { TargetApp } from '../../contract/target-app.ts';
import type { Tabs } from '../browser/tabs.ts';
import type { LaunchRecord } from './launch-record.ts';
import type { LaunchReporter } from './launch-reporter.ts';
import type { LaunchStore } from './launch-store.ts';

/**
 * Tells whether a tab at this URL shows the app itself: one of its origins, past its login address and
 * past an OAuth answer.
 */
export const hasLanded = (href: string, app: Pick<TargetApp, 'origins' | 'loginUrl'>): boolean => {
  const url = URL.parse(href);
  if (!url || !app.origins.includes(url.origin)) return false;
  const login = new URL(app.loginUrl);
  const isLogin = url.origin === login.origin && url.pathname === login.pathname;
  const isDelivery = url.searchParams.has('session_transfer_token');
  const isAnswer = ['code', 'error'].some((name) => url.searchParams.has(name));
  return !(isDelivery || isAnswer || (isLogin && login.pathname !== '/'));
};

type Dependencies = {
  readonly tabs: Pick<Tabs, 'onUpdated' | 'url' | 'exists'>;
  readonly store: LaunchStore;
  readonly report: LaunchReporter;
  readonly hasHostPermission: (origins: readonly string[]) => Promise<boolean>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly now: () => number;
};

/** Looks where a launch's tab ends up, if the agent gave access to the app's origins. Never rejects. */
export type LandingWatch = (record: LaunchRecord) => Promise<void>;

const WATCH_MILLISECONDS = 120_000;

/** Makes {@link LandingWatch}. Only a landing is concluded; that there is none yet proves nothing. */
export const createLandingWatch = (dependencies: Dependencies): LandingWatch => {
  const { tabs, store, now } = dependencies;
  const watched = new Set<string>();

  const land = async (record: LaunchRecord): Promise<void> => {
    const current = await store.find(record.id);
    if (current?.state !== 'opened') return;
    await store.change(record.id, { state: 'landed' });
    await dependencies.report(record.id, { type: 'landed' });
  };

  return async (record) => {
    const app = await dependencies.findApp(record.targetAppId);
    const { tabId } = record;
    if (!app || tabId === undefined || record.state !== 'opened' || watched.has(record.id)) return;
    if (!(await dependencies.hasHostPermission(app.origins))) return;
    watched.add(record.id);
    await store.change(record.id, { landing: 'watched' });
    const until = now() + WATCH_MILLISECONDS;
    const check = async (url: string | undefined): Promise<void> => {
      const landed = url !== undefined && hasLanded(url, app);
      if (landed || now() > until) stop();
      if (landed) await land(record);
    };
    const stop = tabs.onUpdated((update) => {
      if (update.tabId === tabId && update.complete) void check(update.url);
    });
    if (await tabs.exists(tabId)) await check(await tabs.url(tabId));
  };
};
