import type { LaunchId } from '../../contract/ids.ts';
import type { EndCause } from '../../contract/launch.ts';
import type { TargetApp } from '../../contract/target-app.ts';
import type { LoginCookies } from '../browser/login-cookies.ts';
import type { StorageArea } from '../browser/storage.ts';
import type { Tabs } from '../browser/tabs.ts';
import { createAdoptLaunch } from './adopt-launch.ts';
import type { BackendClient } from './backend-client.ts';
import { createBrowserSignOut } from './browser-sign-out.ts';
import { createConfirmation } from './confirmation.ts';
import { createEndSession } from './end-session.ts';
import { createLandingWatch } from './landing.ts';
import { isActive, type LaunchRecord } from './launch-record.ts';
import { createReportQueue } from './launch-reporter.ts';
import type { LaunchStore } from './launch-store.ts';
import { createPreFlight } from './pre-flight.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly client: BackendClient;
  readonly store: LaunchStore;
  readonly tabs: Tabs;
  readonly cookies: LoginCookies;
  readonly hasHostPermission: (origins: readonly string[]) => Promise<boolean>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
};

/** Composes what goes on with a session once its tab is open: watching, confirming, reporting, ending. */
export const createSessionLife = (dependencies: Dependencies) => {
  const { store } = dependencies;
  const adopt = createAdoptLaunch(store);
  const reports = createReportQueue({ ...dependencies, onAnswer: adopt });
  const { report } = reports;
  const confirmation = createConfirmation({ ...dependencies, adopt });
  const landing = createLandingWatch({ ...dependencies, report, look: confirmation.look });

  const follow = (record: LaunchRecord): void => {
    void landing.watch(record);
    void confirmation.watch(record);
  };
  const followAll = async (): Promise<void> => {
    for (const record of await store.all()) follow(record);
  };

  const browserSignOut = createBrowserSignOut(dependencies);
  const endSession = createEndSession({ ...dependencies, report, browserSignOut });
  const endAll = async (cause: EndCause): Promise<void> => {
    const active = (await store.all()).filter((record) => isActive(record, dependencies.now()));
    await Promise.all(active.map(({ id }) => endSession(id, cause)));
  };

  const preFlight = createPreFlight({ ...dependencies, endSession, browserSignOut });

  return {
    report,
    preFlight,
    follow,
    followAll,
    tabClosed: landing.tabClosed,
    endSession: (launchId: LaunchId) => endSession(launchId, 'agent'),
    endAll,
    /** Goes on where a worker that died was. */
    resume: async (): Promise<void> => {
      await reports.flush();
      for (const { id, ending, cause } of await store.all())
        if (ending) void endSession(id, cause ?? 'agent');
      await followAll();
    },
    /** Brings what is known up to date, for a view that just opened. */
    catchUp: async (): Promise<void> => {
      await reports.flush();
      await confirmation.lookAtAll();
      await followAll();
    },
  };
};
