import { translationInto } from '../../browser/company-language.ts';
import type { Panel } from '../../browser/entry-points/panel.ts';
import { speak } from '../../browser/i18n.ts';
import type { MinuteAlarm } from '../../browser/minute-alarm.ts';
import type { StorageArea } from '../../browser/storage.ts';
import type { Tabs } from '../../browser/tabs/tabs.ts';
import { inBackground } from '../../in-background.ts';
import type { Managed } from '../../messages/set-up/managed-settings.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import type { BackendSetting } from '../backend/backend-setting.ts';
import type { ReportQueue } from '../backend/report-queue.ts';
import type { Customers } from '../customers/compose-customers.ts';
import type { EntryPoints } from '../entry-points/compose-entry-points.ts';
import type { LaunchParts } from '../launch/compose-launches.ts';
import type { ApplyBackendNews } from '../launch/watching/apply-backend-news.ts';
import type { BackendPolling } from '../launch/watching/poll-backend.ts';
import { restoreActiveSessions } from '../launch/watching/restore-sessions.ts';
import type { Launches } from '../launch-state/launches.ts';
import type { Sessions } from '../session/compose-sessions.ts';
import type { AgentAccount } from '../sign-in/agent-account.ts';
import { createDraftStore } from '../storage/draft-store.ts';
import { createRememberedPlaces } from '../storage/remembered-places.ts';
import { createSetUp } from '../storage/set-up.ts';
import { createAfterOpen } from './after-open.ts';
import { createLearnBackend } from './learn-backend.ts';
import { listenToTabs } from './listen-to-tabs.ts';
import { createPrepare } from './prepare.ts';
import { recover } from './recover.ts';
import { createSaveBackend } from './save-backend.ts';
import { createSignOutOfEverything } from './sign-out.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly local: StorageArea;
  readonly client: BackendClient;
  /** What the company's policy sets. */
  readonly managed: () => Promise<Managed>;
  readonly setting: BackendSetting;
  readonly account: AgentAccount;
  readonly customers: Customers;
  readonly launches: Launches;
  readonly launchParts: LaunchParts;
  readonly sessions: Sessions;
  readonly entryPoints: EntryPoints;
  readonly polling: BackendPolling;
  readonly applyBackendNews: ApplyBackendNews;
  readonly reports: ReportQueue;
  readonly tabs: Tabs;
  readonly alarm: MinuteAlarm;
  readonly panel: Pick<Panel, 'closeWindow'>;
  readonly onPermissionAdded: (listener: () => void) => void;
  readonly eraseSnapshot: () => Promise<void>;
  readonly changed: () => void;
  readonly now: () => number;
};

/** Composes what takes more than one part of the worker. */
export const composeUseCases = (dependencies: Dependencies) => {
  const { session, local, account, customers, launches, launchParts } = dependencies;
  const { sessions, entryPoints, polling, reports, changed, now } = dependencies;
  const { menus, prefills, lastLaunch } = entryPoints;
  const drafts = createDraftStore(session);
  const places = createRememberedPlaces(local);
  const setUp = createSetUp(local);
  let updateTabListener = async (): Promise<void> => undefined;

  const catchUp = async (): Promise<void> => {
    await reports.flush();
    await polling.askAboutAll();
    await launchParts.followAll();
  };
  const prepare = createPrepare({
    ...dependencies,
    tokens: account.tokens,
    prefills,
    menus,
    restoreSessions: (agentId) =>
      restoreActiveSessions({ ...dependencies, ...sessions, ...customers }, agentId),
    catchUp,
  });
  const signOut = createSignOutOfEverything({
    stopLaunch: launchParts.launching.stop,
    sessions,
    signOutOfTenant: account.signOut(customers.recents.forget),
    menus,
    now,
  });
  const learnBackend = createLearnBackend(dependencies);
  const speakCompanyLanguage = async (): Promise<void> =>
    speak(await translationInto((await dependencies.managed()).language));
  const refresh = async (): Promise<void> => {
    inBackground(launchParts.historyCleaning.tick(), 'watching the history');
    await updateTabListener();
    await sessions.refresh();
  };

  return {
    drafts,
    setUp,
    prepare,
    signOut,
    refresh,
    places,
    saveBackend: createSaveBackend({ backend: dependencies.setting, signOut, menus, changed }),
    signIn: account.signIn({
      forgetOthers: async () => {
        await dependencies.eraseSnapshot();
        await prefills.keepThrough(session.clear);
      },
      onSignedIn: prepare,
    }),
    afterOpen: createAfterOpen({
      customers,
      places,
      drafts,
      lastLaunch,
      menus,
      closePanelWindow: dependencies.panel.closeWindow,
    }),
    recover: async (): Promise<void> => {
      await speakCompanyLanguage();
      await recover({ launches, report: reports.report, signInStatus: account.status });
    },
    /** Follows a policy that is another one than was known. */
    applyPolicy: async (): Promise<void> => {
      await speakCompanyLanguage();
      changed();
      inBackground(learnBackend(), 'learning how agents sign in');
      await menus.update();
      await refresh();
    },
    listenToTabs: (ready: Promise<void>): void => {
      ({ updateTabListener } = listenToTabs({
        ...dependencies,
        tabClosed: launchParts.tabClosed,
        askAboutAll: polling.askAboutAll,
        followAll: launchParts.followAll,
        ready,
      }));
    },
    /** Goes on where a worker that stopped was. */
    resume: async (): Promise<void> => {
      changed();
      inBackground(launchParts.historyCleaning.resume(), 'cleaning the history');
      inBackground(learnBackend(), 'learning how agents sign in');
      // One that fails must not keep the rest from going on.
      await Promise.allSettled([refresh(), reports.flush()]);
      await sessions.resumeEnds();
      await launchParts.followAll();
      await menus.update();
    },
  };
};
