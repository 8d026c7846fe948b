import type { TargetApp } from '../../../contract/target-app.ts';
import type { Containers } from '../../browser/tabs/containers.ts';
import type { BrowserHistory } from '../../browser/tabs/history.ts';
import type { LoginCookies } from '../../browser/tabs/login-cookies.ts';
import type { Tabs } from '../../browser/tabs/tabs.ts';
import { inBackground } from '../../in-background.ts';
import { newLaunchId } from '../../messages/launch/new-launch-id.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import type { HasFeature } from '../backend/features.ts';
import type { LaunchReporter } from '../backend/report-queue.ts';
import type { AgentProfile } from '../customers/agent-profile.ts';
import type { CustomerDirectory } from '../customers/customer-directory.ts';
import type { LaunchRecord } from '../launch-state/launch-record.ts';
import type { Launches } from '../launch-state/launches.ts';
import type { Sessions } from '../session/compose-sessions.ts';
import { chooseCookieStore } from '../session/cookie-stores.ts';
import type { AgentAccount } from '../sign-in/agent-account.ts';
import type { AgentTokens } from '../sign-in/agent-tokens.ts';
import { createLoginDomainClearing } from './before-opening/clear-login-domain.ts';
import { createLaunchOutlook } from './before-opening/launch-outlook.ts';
import { createPreviewLaunch } from './before-opening/preview-launch.ts';
import { createDescribeLaunch } from './describe-launch.ts';
import { createLaunching } from './launching.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { createHistoryCleaning } from './opening/clean-history.ts';
import { createOpenAsMe } from './opening/open-as-me.ts';
import type { OnOpened, TabOpening } from './opening/tab-opening.ts';
import { createConfirmLanded } from './watching/confirm-landed.ts';
import type { BackendPolling } from './watching/poll-backend.ts';
import { createTabWatch } from './watching/watch-tab.ts';

type Dependencies = {
  readonly client: BackendClient;
  readonly launches: Launches;
  readonly sessions: Sessions;
  readonly polling: BackendPolling;
  readonly report: LaunchReporter;
  readonly opening: TabOpening;
  readonly hasFeature: HasFeature;
  readonly tokens: AgentTokens;
  readonly account: Pick<AgentAccount, 'signInAgain'>;
  readonly profile: Pick<AgentProfile, 'read'>;
  readonly directory: CustomerDirectory;
  readonly containers: Containers;
  readonly tabs: Tabs;
  readonly cookies: LoginCookies;
  readonly history: BrowserHistory;
  readonly hasHostPermission: (origins: readonly string[]) => Promise<boolean>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly afterOpen: OnOpened;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
};

/** Composes a launch: what is asked before it, its steps, and watching what becomes of it. */
export const composeLaunches = (dependencies: Dependencies) => {
  const { client, launches, sessions, polling, hasFeature, directory, findApp } = dependencies;
  const previewLaunch = createPreviewLaunch(client, hasFeature, dependencies.tokens);
  const clearing = createLoginDomainClearing({ ...dependencies, ...sessions });
  const tabWatch = createTabWatch({
    ...dependencies,
    askBackend: polling.ask,
    untilAllLoaded: dependencies.opening.untilAllLoaded,
  });
  const historyCleaning = createHistoryCleaning(dependencies);

  const follow = (record: LaunchRecord): void => {
    inBackground(tabWatch.watch(record), 'watching a tab');
    inBackground(polling.watch(record), 'asking the backend about a launch');
  };

  const launching = createLaunching({
    ...dependencies,
    ...sessions,
    clearing,
    previewLaunch,
    signInAgain: dependencies.account.signInAgain(
      async () => (await dependencies.profile.read())?.me.agent.email,
    ),
    newLaunchId,
    chooseCookieStore: ({ openIn }, look) =>
      chooseCookieStore(dependencies.containers, openIn, look),
    describe: createDescribeLaunch(directory, findApp),
    expectToken: historyCleaning.expect,
    onOpened: async (record, request, loaded) => {
      follow(record);
      await dependencies.afterOpen(record, request, loaded);
      await sessions.groupTab(record);
    },
  });
  const openAsMe = createOpenAsMe({
    ...dependencies,
    clearing,
    ownSessions: sessions.ownSessions,
    expectToken: historyCleaning.expect,
  });

  return {
    historyCleaning,
    tabClosed: tabWatch.tabClosed,
    ...oneAtATime(launching, openAsMe),
    launchOutlook: createLaunchOutlook({ ...dependencies, clearing, previewLaunch }),
    confirmLanded: createConfirmLanded(dependencies),
    /** Watches every launch whose tab may still show something new. */
    followAll: async (): Promise<void> => {
      for (const record of await launches.all()) {
        follow(record);
      }
    },
  };
};
export type LaunchParts = ReturnType<typeof composeLaunches>;
