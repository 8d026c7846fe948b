import type { LaunchId } from '../../../contract/ids.ts';
import type { EndCause } from '../../../contract/launch-state.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { ContentScripts } from '../../browser/content-scripts.ts';
import type { BrowserHistory } from '../../browser/history.ts';
import type { LoginCookies } from '../../browser/login-cookies.ts';
import type { MinuteAlarm } from '../../browser/minute-alarm.ts';
import type { MessageListener } from '../../browser/runtime.ts';
import type { StorageArea } from '../../browser/storage.ts';
import type { TabColor } from '../../browser/tab-color.ts';
import type { TabGroups } from '../../browser/tab-groups.ts';
import type { Tabs } from '../../browser/tabs.ts';
import type { Toolbar } from '../../browser/toolbar.ts';
import { displayText } from '../../messages/display-text.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import { createAdoptLaunch } from '../launch/apply-backend-news.ts';
import { createHistoryCleaning } from '../launch/clean-history.ts';
import { createPreFlight } from '../launch/clear-login-domain.ts';
import { createConfirmation } from '../launch/poll-backend.ts';
import { createReportQueue } from '../launch/report-to-backend.ts';
import { createLandingWatch } from '../launch/watch-tab.ts';
import { isActive, type LaunchRecord } from '../launch-state/launch-record.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import { createBanner } from './banner-messages.ts';
import { createBrowserSignOut } from './browser-sign-out.ts';
import type { SessionStores } from './cookie-stores.ts';
import { createEndSession } from './end-session.ts';
import { createLastTab } from './last-tab.ts';
import { createSessionClock } from './session-clock.ts';
import { createSessionTabs } from './session-tabs.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly client: BackendClient;
  readonly store: LaunchStore;
  readonly sessionStores: SessionStores;
  readonly tabs: Tabs;
  readonly cookies: LoginCookies;
  readonly history: BrowserHistory;
  readonly toolbar: Toolbar;
  readonly alarm: MinuteAlarm;
  readonly tabGroups: TabGroups;
  readonly contentScripts: ContentScripts;
  readonly onMessage: (listener: MessageListener) => void;
  readonly openPanel: () => Promise<void>;
  readonly ownId: string;
  readonly agentName: () => Promise<string>;
  readonly onPermissionAdded: (listener: () => void) => void;
  readonly hasHostPermission: (origins: readonly string[]) => Promise<boolean>;
  readonly colorOf: (app: string) => Promise<TabColor>;
  readonly endsWithLastTab: () => Promise<boolean>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
};

/** Composes what goes on with a session once its tab is open: watching, confirming, reporting, ending. */
export const createSessionLife = (dependencies: Dependencies) => {
  const { store } = dependencies;
  const reports = createReportQueue({ ...dependencies, onAnswer: (launch) => adopt(launch) });
  const { report } = reports;
  const sessionTabs = createSessionTabs(dependencies);
  const browserSignOut = createBrowserSignOut({ ...dependencies, sessionTabs });
  const endSession = createEndSession({ ...dependencies, report, browserSignOut });
  const adopt = createAdoptLaunch(store, endSession);
  const confirmation = createConfirmation({ ...dependencies, adopt });
  const landing = createLandingWatch({ ...dependencies, report, look: confirmation.look });

  const follow = (record: LaunchRecord): void => {
    void landing.watch(record);
    void confirmation.watch(record);
  };
  const gather = async ({ tabId, customerName, targetAppId }: LaunchRecord): Promise<void> => {
    if (tabId === undefined) return;
    const color = await dependencies.colorOf(targetAppId);
    await dependencies.tabGroups.gather(tabId, displayText(customerName), color);
  };
  const followAll = async (): Promise<void> => {
    for (const record of await store.all()) follow(record);
  };

  const endAll = async (cause: EndCause): Promise<void> => {
    const active = (await store.all()).filter((record) => isActive(record, dependencies.now()));
    await Promise.allSettled(active.map(({ id }) => endSession(id, cause)));
  };

  const tick = createSessionClock({ ...dependencies, endSession });
  const preFlight = createPreFlight({ ...dependencies, endSession, browserSignOut });

  const lastTab = createLastTab({
    ...dependencies,
    sessionTabs,
    endSession,
    isWanted: dependencies.endsWithLastTab,
  });
  const historyCleaning = createHistoryCleaning(dependencies);

  const banner = createBanner({
    ...dependencies,
    look: confirmation.look,
    endSession: (launchId) => endSession(launchId, 'agent'),
  });

  return {
    report,
    preFlight,
    /** Brings history, badge and banners up to date. */
    tick: async (): Promise<void> => {
      void historyCleaning.tick();
      await tick();
      await banner.place();
    },
    /** Goes with a tab that was just opened. */
    begin: (record: LaunchRecord): void => {
      follow(record);
      void gather(record);
    },
    /** Registers the browser's events; call it in the worker's first turn. `ready` settles when they may be acted on. */
    listen: (ready: Promise<void>): void => {
      historyCleaning.listen();
      dependencies.onMessage(banner.listener);
      dependencies.alarm.onMinute(() => void ready.then(tick).then(confirmation.lookAtAll));
      dependencies.tabs.onClosed((tabId) => {
        void ready.then(() => landing.tabClosed(tabId));
        void ready.then(lastTab);
      });
      dependencies.tabs.onWindowClosed(() => void ready.then(lastTab));
      // The popup may be gone when the agent answers the browser's question; the worker goes on.
      dependencies.onPermissionAdded(() => void ready.then(banner.place).then(followAll));
    },
    endSession: (launchId: LaunchId) => endSession(launchId, 'agent'),
    endAll,
    /** Goes on where a worker that died was. */
    resume: async (): Promise<void> => {
      void historyCleaning.tick();
      void historyCleaning.resume();
      // One that fails must not keep the rest from going on.
      await Promise.allSettled([tick().then(banner.place), reports.flush()]);
      for (const { id, ending, cause } of await store.all())
        if (ending) void endSession(id, cause ?? 'agent');
      await followAll();
    },
    sessionTabs,
    adopt,
    /** The agent's own token is on its way, which no launch tells of. */
    expectToken: historyCleaning.expect,
    /** Brings what is known up to date, for a view that just opened. */
    catchUp: async (): Promise<void> => {
      await reports.flush();
      await confirmation.lookAtAll();
      await followAll();
    },
  };
};
