import type { LaunchId } from '../../../contract/ids.ts';
import type { EndCause } from '../../../contract/launch-state.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import { writtenTexts } from '../../browser/company-language.ts';
import type { ContentScripts } from '../../browser/content-scripts.ts';
import type { Toolbar } from '../../browser/entry-points/toolbar.ts';
import type { MinuteAlarm } from '../../browser/minute-alarm.ts';
import type { StorageArea } from '../../browser/storage.ts';
import type { Containers } from '../../browser/tabs/containers.ts';
import type { LoginCookies } from '../../browser/tabs/login-cookies.ts';
import type { TabGroups } from '../../browser/tabs/tab-groups.ts';
import type { Tabs } from '../../browser/tabs/tabs.ts';
import { inBackground } from '../../in-background.ts';
import type { SessionColor } from '../../messages/launch/launch-status.ts';
import type { Managed } from '../../messages/set-up/managed-settings.ts';
import { displayText } from '../../messages/texts/display-text.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import type { LaunchReporter } from '../backend/report-queue.ts';
import { causeOf, endingOf, type LaunchRecord } from '../launch-state/launch-record.ts';
import type { Launches } from '../launch-state/launches.ts';
import { isLookedFor, standingOf } from '../launch-state/standing.ts';
import { createBrowserSignOut } from './ending/browser-sign-out.ts';
import { createEndSession } from './ending/end-session.ts';
import { createBrowserCheck } from './ending/end-verdict.ts';
import { createEndsWithLastTab } from './ending/ends-with-last-tab.ts';
import { createExpireSessions } from './ending/expire-sessions.ts';
import { createLastTab } from './ending/last-tab.ts';
import { createFocusSession } from './focus-session.ts';
import { createBanner } from './indicators/banner-messages.ts';
import { chooseSessionColor } from './indicators/session-color.ts';
import { createTabBadges } from './indicators/tab-badges.ts';
import { createTabTitles } from './indicators/tab-titles.ts';
import { createLeftovers } from './leftovers.ts';
import { createKeptSessions } from './remembered/kept-sessions.ts';
import { createNoteLandings } from './remembered/note-landings.ts';
import { createOwnSessions } from './remembered/own-sessions.ts';
import { createUnreportedEnds } from './remembered/unreported-ends.ts';
import { createReopenSession } from './reopen-session.ts';
import { createSessionTabs } from './session-tabs.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly local: StorageArea;
  readonly client: BackendClient;
  /** What the company's policy sets. */
  readonly managed: () => Promise<Managed>;
  readonly launches: Launches;
  readonly report: LaunchReporter;
  /** Asks the backend about one launch. */
  readonly askBackend: (id: LaunchId) => Promise<void>;
  readonly containers: Containers;
  readonly tabs: Tabs;
  readonly cookies: LoginCookies;
  readonly toolbar: Toolbar;
  readonly alarm: Pick<MinuteAlarm, 'start' | 'stop'>;
  readonly tabGroups: TabGroups;
  readonly contentScripts: ContentScripts;
  readonly openPanel: () => Promise<void>;
  readonly ownId: string;
  readonly agentName: () => Promise<string>;
  readonly hasHostPermission: (origins: readonly string[]) => Promise<boolean>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly allApps: () => Promise<readonly TargetApp[]>;
  /** Called when the sessions that may be left changed: nothing of a launch tells of that. */
  readonly onChange: () => void;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
};

/** Composes what there is to a customer's session once it is open: tabs, badge, banner, end, leftovers. */
export const composeSessions = (dependencies: Dependencies) => {
  const { launches, local, tabs, alarm, now } = dependencies;
  const sessionTabs = createSessionTabs(dependencies);
  const browserSignOut = createBrowserSignOut({ ...dependencies, sessionTabs });
  const browserCheck = createBrowserCheck(dependencies.cookies);
  const keptSessions = createKeptSessions(dependencies.containers, local);
  const ownSessions = createOwnSessions(local, dependencies.session);
  const parts = { ...dependencies, sessionTabs, browserSignOut, browserCheck, keptSessions };
  const endSession = createEndSession(parts);
  const unreportedEnds = createUnreportedEnds(local, now);
  const leftovers = createLeftovers({ ...parts, unreportedEnds, endSession });
  const expire = createExpireSessions({ launches, endSession, now });
  const noteLandings = createNoteLandings({ launches, keptSessions, now });
  const badges = createTabBadges({ ...dependencies, leftovers });
  const banner = createBanner({
    ...dependencies,
    texts: async (keys) => writtenTexts((await dependencies.managed()).language, keys),
    endSession: (launchId) => endSession(launchId, 'agent'),
  });

  const endsWithLastTab = createEndsWithLastTab(local, dependencies.managed);

  const keepAwake = async (): Promise<void> => {
    // A launch under way is one, too: where the worker stops in its middle, the alarm wakes the next one.
    const isOngoing = (await launches.all()).some(
      (record) => standingOf(record, now()) !== 'over' || isLookedFor(record, now()),
    );
    await (isOngoing || (await leftovers.all()).length > 0 ? alarm.start() : alarm.stop());
  };

  return {
    endSession,
    browserSignOut,
    browserCheck,
    keptSessions,
    ownSessions,
    unreportedEnds,
    leftovers,
    banner,
    endsWithLastTab,
    tabChanged: badges.tabChanged,
    lastTab: createLastTab({
      ...parts,
      endSession,
      isWanted: endsWithLastTab.read,
    }),
    focusSession: createFocusSession(launches, tabs),
    reopenSession: createReopenSession(dependencies),
    tabTitles: createTabTitles(parts),
    /** The colour of a session that is about to be opened: no other open session has it, if there are enough. */
    chooseColor: async (targetAppId: string): Promise<SessionColor> =>
      chooseSessionColor(
        targetAppId,
        await dependencies.allApps(),
        (await launches.active()).map(({ color }) => color),
      ),
    /** Puts a tab that was just opened into a group with the customer's name. */
    groupTab: async ({ tabId, customerName, color }: LaunchRecord): Promise<void> => {
      if (tabId !== undefined) {
        await dependencies.tabGroups.addTab(tabId, displayText(customerName), color);
      }
    },
    /** Ends what is over, and brings the alarm, the badges and the banners in line with the sessions. */
    refresh: async (): Promise<void> => {
      await expire();
      await noteLandings();
      await Promise.all([keepAwake(), badges.update(), banner.update()]);
    },
    /** Ends every session that is open. */
    endAll: async (cause: EndCause): Promise<void> => {
      await Promise.allSettled((await launches.active()).map(({ id }) => endSession(id, cause)));
    },
    /** Goes on with the ends that a worker that died had begun. */
    resumeEnds: async (): Promise<void> => {
      for (const record of await launches.all()) {
        if (endingOf(record)) {
          inBackground(
            endSession(record.id, causeOf(record) ?? 'agent'),
            'going on to end a session',
          );
        }
      }
    },
  };
};
export type Sessions = ReturnType<typeof composeSessions>;
