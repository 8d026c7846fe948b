import type { LaunchEvent } from '../../../contract/launch-request.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { Tabs } from '../../browser/tabs.ts';
import { AWAY_MILLISECONDS, CLOSED_MILLISECONDS } from '../durations.ts';
import type { LaunchRecord } from '../launch-state/launch-record.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import type { LaunchReporter } from './report-to-backend.ts';
import { sightOf, type TabSight } from './tab-visibility.ts';

type Dependencies = {
  readonly tabs: Pick<Tabs, 'onUpdated' | 'url' | 'exists' | 'isComplete' | 'isBroken'>;
  readonly store: LaunchStore;
  readonly report: LaunchReporter;
  /** Asks the backend what it knows of the launch. */
  readonly look: (id: LaunchRecord['id']) => Promise<void>;
  readonly hasHostPermission: (origins: readonly string[]) => Promise<boolean>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
};

/** Looks what becomes of a launch's tab. Nothing here rejects. */
export type LandingWatch = {
  /** Looks where the tab ends up, if the agent gave access to the app's origins. */
  readonly watch: (record: LaunchRecord) => Promise<void>;
  /** Takes note that a tab was closed; no access is needed to see that. */
  readonly tabClosed: (tabId: number) => Promise<void>;
};

/** Nothing after so long is not landed. */
const PATIENCE_MILLISECONDS = 20_000;
/** A landing is noticed for so long, even after it was given up. */
const WATCH_MILLISECONDS = 120_000;

type Seen = LaunchEvent['seen'];
const seenOf = (sight: TabSight): Seen => ('seen' in sight ? sight.seen : undefined);

/** Makes {@link LandingWatch}. */
export const createLandingWatch = (dependencies: Dependencies): LandingWatch => {
  const { tabs, store, report, delay, now } = dependencies;
  const watched = new Set<string>();

  const land = async ({ id }: LaunchRecord): Promise<void> => {
    const current = await store.find(id);
    const state = current?.state;
    if (!current || current.landing === 'seen') return;
    const wasOpen = state === 'opened' || state === 'not_landed';
    await store.change(id, {
      landing: 'seen',
      ...(wasOpen ? { state: 'landed', diagnosis: undefined } : {}),
    });
    if (wasOpen) await report(id, { type: 'landed' });
  };

  const giveUp = async ({ id }: LaunchRecord, seen: Seen, cause?: 'tab_closed'): Promise<void> => {
    if ((await store.find(id))?.state !== 'opened') return;
    await store.change(id, { state: 'not_landed', dismissed: false });
    await report(id, {
      type: 'not_landed',
      ...(seen === undefined ? {} : { seen }),
      ...(cause === undefined ? {} : { cause }),
    });
    // The tenant's log may have been faster than this report: then the backend refused it.
    if ((await store.find(id))?.diagnosis === undefined) await dependencies.look(id);
  };

  const follow = async (record: LaunchRecord, app: TargetApp, tabId: number): Promise<void> => {
    const openedAt = record.openedAt ?? Date.parse(record.requestedAt);
    let waiting = false;
    let over = false;
    const sightNow = async (): Promise<TabSight> => sightOf(await tabs.url(tabId), app);
    const stop = (): void => {
      over = true;
      watched.delete(record.id);
      unlisten();
    };
    const checkAgainLater = async (): Promise<void> => {
      if (waiting) return;
      waiting = true;
      await delay(AWAY_MILLISECONDS);
      waiting = false;
      if (over || !(await tabs.exists(tabId))) return;
      const sight = await sightNow();
      if (!(await tabs.isComplete(tabId))) return;
      if (sight.kind === 'away' || (await tabs.isBroken(tabId)))
        await giveUp(record, seenOf(sight));
    };
    const check = async (sight: TabSight, complete: boolean): Promise<void> => {
      if (sight.kind === 'landed' && complete) {
        stop();
        await land(record);
      } else if (sight.kind === 'error') await giveUp(record, sight.seen);
      else if (sight.kind === 'away' || complete) await checkAgainLater();
    };
    const unlisten = tabs.onUpdated((update) => {
      if (update.tabId === tabId) void check(sightOf(update.url, app), update.complete);
    });
    await store.change(record.id, { landing: 'watched' });
    void delay(openedAt + PATIENCE_MILLISECONDS - now()).then(async () => {
      if (over || !(await tabs.exists(tabId))) return;
      const sight = await sightNow();
      if (sight.kind === 'landed') await check(sight, true);
      else await giveUp(record, seenOf(sight));
    });
    void delay(openedAt + WATCH_MILLISECONDS - now()).then(stop);
    if (await tabs.exists(tabId)) await check(await sightNow(), await tabs.isComplete(tabId));
  };

  return {
    watch: async (record) => {
      const app = await dependencies.findApp(record.targetAppId);
      const { tabId } = record;
      const isNew = record.state === 'opened' && record.landing !== 'seen';
      if (!app || tabId === undefined || !isNew || watched.has(record.id)) return;
      if (!(await dependencies.hasHostPermission(app.origins))) return;
      watched.add(record.id);
      await follow(record, app, tabId);
    },
    tabClosed: async (tabId) => {
      const record = (await store.all()).find((known) => known.tabId === tabId);
      if (record?.state !== 'opened') return;
      if (record.landing === 'unwatched') {
        await delay(CLOSED_MILLISECONDS);
        await dependencies.look(record.id);
      }
      await giveUp(record, undefined, 'tab_closed');
    },
  };
};
