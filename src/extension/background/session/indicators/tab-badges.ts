import * as z from 'zod/mini';
import type { TargetApp } from '../../../../contract/target-app.ts';
import type { Badge, Toolbar } from '../../../browser/entry-points/toolbar.ts';
import type { StorageArea } from '../../../browser/storage.ts';
import type { Tabs, TabUpdate } from '../../../browser/tabs/tabs.ts';
import { displayText } from '../../../messages/texts/display-text.ts';
import { message } from '../../../messages/texts/text.ts';
import { initialsOf } from '../../customers/initials.ts';
import type { LaunchRecord } from '../../launch-state/launch-record.ts';
import type { Launches } from '../../launch-state/launches.ts';
import { standingOf } from '../../launch-state/standing.ts';
import { createSerial } from '../../storage/serial.ts';
import { storedValue } from '../../storage/stored-value.ts';
import type { Leftovers } from '../leftovers.ts';
import { BADGE_COLORS } from './session-color.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly launches: Pick<Launches, 'active' | 'note'>;
  readonly leftovers: Pick<Leftovers, 'all'>;
  readonly tabs: Pick<Tabs, 'showing'>;
  readonly toolbar: Toolbar;
  readonly hasHostPermission: (origins: readonly string[]) => Promise<boolean>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly now: () => number;
};

/**
 * The toolbar's badge is the authority on whether a tab is the customer's: no page can touch it. It stands on
 * the tabs of a session alone, and only where the session was seen.
 */
export type TabBadges = {
  /** Brings every tab's badge up to date. */
  readonly update: () => Promise<void>;
  /** Handles a navigation of a tab: the browser removes the badge, and the new page may not be the customer's. */
  readonly tabChanged: (change: TabUpdate) => Promise<void>;
};

const MINUTE = 60_000;
const WARNING_MINUTES = 5;
/** Red, for the last minutes of a session in any app and for sessions that may be left from before a restart. */
const WARNING = '#a8200d';
/** A login passes through several pages and takes this long at most. */
const LOGIN_MILLISECONDS = 20_000;

const minutesLeft = ({ sessionEndsAt }: LaunchRecord, now: number): number | undefined =>
  sessionEndsAt === undefined ? undefined : Math.ceil((Date.parse(sessionEndsAt) - now) / MINUTE);

const badgeOf = (record: LaunchRecord, now: number): Badge => {
  const minutes = minutesLeft(record, now);
  const isLate = minutes !== undefined && minutes <= WARNING_MINUTES;
  const names = [displayText(record.customerName), displayText(record.targetAppName)];
  return {
    text: isLate ? String(minutes) : initialsOf(record.customerName).join(''),
    background: isLate ? WARNING : BADGE_COLORS[record.color],
    title:
      minutes === undefined
        ? message('actingInTitle', names)
        : message('actingInTitleLeft', [...names, String(minutes)]),
  };
};

/** Makes {@link TabBadges}. */
export const createTabBadges = (dependencies: Dependencies): TabBadges => {
  const { launches, tabs, toolbar, findApp, now } = dependencies;
  const serial = createSerial();
  // The browser keeps the badges when the worker stops, so the next worker has to know which tabs have one.
  const marked = storedValue(dependencies.session, 'badgedTabs', z.array(z.number()));

  /** The tabs that are known to show a session; only the launch's own where the others cannot be seen. */
  const tabsOf = async ({
    targetAppId,
    cookieStore,
    tabId,
    tab,
  }: LaunchRecord): Promise<readonly number[]> => {
    const app = await findApp(targetAppId);
    if (app && cookieStore !== undefined && (await dependencies.hasHostPermission(app.origins))) {
      return tabs.showing(app.origins, cookieStore);
    }
    return tabId !== undefined && tab === 'open' ? [tabId] : [];
  };

  const showLeftovers = async (): Promise<void> => {
    const [leftover] = await dependencies.leftovers.all();
    await (leftover
      ? toolbar.showEverywhere({
          text: '!',
          background: WARNING,
          title: message('leftoverTitle', [displayText(leftover.targetAppName)]),
        })
      : toolbar.clearEverywhere());
  };

  const update: TabBadges['update'] = () =>
    serial(async () => {
      const wanted = new Map<number, Badge>();
      for (const record of await launches.active()) {
        if (standingOf(record, now()) === 'acting') {
          for (const tabId of await tabsOf(record)) {
            wanted.set(tabId, badgeOf(record, now()));
          }
        }
      }
      const before = (await marked.read()) ?? [];
      await marked.write([...wanted.keys()]);
      await Promise.all([
        showLeftovers(),
        ...[...wanted].map(([tabId, badge]) => toolbar.showOnTab(tabId, badge)),
        ...before.filter((tabId) => !wanted.has(tabId)).map(toolbar.clearTab),
      ]);
    });

  /**
   * Tells whether a navigation leads where the extension cannot see who is signed in: after the login, without
   * site access.
   */
  const leavesSight = async (record: LaunchRecord): Promise<boolean> => {
    const app = await findApp(record.targetAppId);
    const isLogin = record.openedAt !== undefined && now() < record.openedAt + LOGIN_MILLISECONDS;
    return !isLogin && !(app && (await dependencies.hasHostPermission(app.origins)));
  };

  return {
    update,
    tabChanged: async ({ tabId, loading, complete }) => {
      if (!loading && !complete) {
        return;
      }
      const active = await launches.active();
      if (active.length === 0) {
        return;
      }
      const own = active.find((record) => record.tabId === tabId);
      if (own && loading && own.tab === 'open' && (await leavesSight(own))) {
        await launches.note(own.id, { tab: 'unknown' });
      }
      await update();
    },
  };
};
