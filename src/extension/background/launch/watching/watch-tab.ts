import type { LaunchEvent } from '../../../../contract/launch-request.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';
import type { Tabs } from '../../../browser/tabs/tabs.ts';
import { inBackground } from '../../../in-background.ts';
import type { LaunchReporter } from '../../backend/report-queue.ts';
import { AWAY_MILLISECONDS, CLOSED_MILLISECONDS } from '../../durations.ts';
import type { LaunchRecord } from '../../launch-state/launch-record.ts';
import type { Launches } from '../../launch-state/launches.ts';
import { pageInTab, type TabPage } from './page-in-tab.ts';

type Dependencies = {
  readonly tabs: Pick<Tabs, 'onUpdated' | 'url' | 'exists' | 'isComplete' | 'isBroken'>;
  readonly launches: Pick<Launches, 'all' | 'find' | 'advance' | 'note' | 'isOvertaken'>;
  readonly report: LaunchReporter;
  /** Settles when no customer's tab is loading. */
  readonly untilAllLoaded: () => Promise<void>;
  /** Asks the backend what it knows of the launch. */
  readonly askBackend: (id: LaunchRecord['id']) => Promise<void>;
  readonly hasHostPermission: (origins: readonly string[]) => Promise<boolean>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
};

/** Looks what becomes of a launch's tab. Nothing here rejects. */
export type TabWatch = {
  /** Looks where the tab ends up, if the agent gave access to the app's origins. */
  readonly watch: (record: LaunchRecord) => Promise<void>;
  /** Takes note that a tab was closed; no access is needed to see that. */
  readonly tabClosed: (tabId: number) => Promise<void>;
};

/** A tab that has shown nothing of the app for this long has not landed, in milliseconds. */
const PATIENCE_MILLISECONDS = 20_000;
/** A landing is still noticed for this long, in milliseconds, even after the launch was given up. */
const WATCH_MILLISECONDS = 120_000;

type Seen = LaunchEvent['seen'];
const seenOf = (page: TabPage): Seen => ('seen' in page ? page.seen : undefined);

/** Makes {@link TabWatch}. */
export const createTabWatch = (dependencies: Dependencies): TabWatch => {
  const { tabs, launches, report, delay, now } = dependencies;
  const watched = new Set<string>();

  const land = async ({ id }: LaunchRecord): Promise<void> => {
    const facts = { landedBy: 'tab', landing: 'seen', restored: undefined } as const;
    const before = await launches.find(id);
    if (!before || before.landing === 'seen') {
      return;
    }
    // What the tab of a launch shows that was given up may be another one's by now.
    if (before.state === 'not_landed' && (await launches.isOvertaken(before))) {
      return;
    }
    const landed = await launches.advance(id, 'landed', facts);
    // The tenant's log may have confirmed the launch already. That the app was seen is still worth recording.
    if (landed) {
      // That the tab was opened is reported when it has loaded, and comes first.
      await dependencies.untilAllLoaded();
      await report(id, { type: 'landed' });
    } else {
      await launches.note(id, facts);
    }
  };

  const giveUp = async ({ id }: LaunchRecord, seen: Seen, cause?: 'tab_closed'): Promise<void> => {
    // Only an opened launch is given up. The table of transitions refuses it where another event came first.
    if ((await launches.find(id))?.state !== 'opened') {
      return;
    }
    if (!(await launches.advance(id, 'not_landed', { dismissed: false }))) {
      return;
    }
    await report(id, {
      type: 'not_landed',
      ...(seen !== undefined && { seen }),
      ...(cause !== undefined && { cause }),
    });
    // The tenant's log may have been faster than this report: then the backend refused it.
    const after = await launches.find(id);
    if (after?.state === 'not_landed' && after.diagnosis === undefined) {
      await dependencies.askBackend(id);
    }
  };

  const follow = async (record: LaunchRecord, app: TargetApp, tabId: number): Promise<void> => {
    const openedAt = record.openedAt ?? Date.parse(record.requestedAt);
    let waiting = false;
    let over = false;
    const pageNow = async (): Promise<TabPage> => pageInTab(await tabs.url(tabId), app);
    const stop = (): void => {
      over = true;
      watched.delete(record.id);
      unlisten();
    };
    const checkAgainLater = async (): Promise<void> => {
      if (waiting) {
        return;
      }
      waiting = true;
      await delay(AWAY_MILLISECONDS);
      waiting = false;
      if (over || !(await tabs.exists(tabId))) {
        return;
      }
      const page = await pageNow();
      if (!(await tabs.isComplete(tabId))) {
        return;
      }
      if (page.kind === 'away' || (await tabs.isBroken(tabId))) {
        await giveUp(record, seenOf(page));
      }
    };
    const check = async (page: TabPage, complete: boolean): Promise<void> => {
      if (page.kind === 'landed' && complete) {
        stop();
        await land(record);
      } else if (page.kind === 'error') {
        // Whoever is in the app after that did not come by this launch.
        stop();
        await giveUp(record, page.seen);
      } else if (page.kind === 'away' || complete) {
        await checkAgainLater();
      }
    };
    const checkAtLast = async (): Promise<void> => {
      await delay(openedAt + PATIENCE_MILLISECONDS - now());
      if (over || !(await tabs.exists(tabId))) {
        return;
      }
      const page = await pageNow();
      await (page.kind === 'landed' ? check(page, true) : giveUp(record, seenOf(page)));
    };
    const unlisten = tabs.onUpdated((update) => {
      if (update.tabId === tabId) {
        inBackground(check(pageInTab(update.url, app), update.complete), 'looking at a tab');
      }
    });
    await launches.note(record.id, { landing: 'watched' });
    inBackground(checkAtLast(), 'looking at a tab for the last time');
    inBackground(delay(openedAt + WATCH_MILLISECONDS - now()).then(stop), 'leaving a tab alone');
    if (await tabs.exists(tabId)) {
      await check(await pageNow(), await tabs.isComplete(tabId));
    }
  };

  return {
    watch: async (record) => {
      const app = await dependencies.findApp(record.targetAppId);
      const { tabId } = record;
      const isNew = record.state === 'opened' && record.landing !== 'seen';
      if (!app || tabId === undefined || !isNew || watched.has(record.id)) {
        return;
      }
      if (!(await dependencies.hasHostPermission(app.origins))) {
        return;
      }
      watched.add(record.id);
      await follow(record, app, tabId);
    },
    tabClosed: async (tabId) => {
      const record = (await launches.all()).find((known) => known.tabId === tabId);
      if (!record) {
        return;
      }
      await launches.note(record.id, { tab: 'closed' });
      if (record.state !== 'opened') {
        return;
      }
      if (record.landing === 'unwatched') {
        await delay(CLOSED_MILLISECONDS);
        await dependencies.askBackend(record.id);
      }
      await giveUp(record, undefined, 'tab_closed');
    },
  };
};
