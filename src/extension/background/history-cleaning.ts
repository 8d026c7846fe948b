import type { TargetApp } from '../../contract/target-app.ts';
import type { BrowserHistory, VisitedPage } from '../browser/history.ts';
import type { LaunchRecord } from './launch-record.ts';
import type { LaunchStore } from './launch-store.ts';
import { createSerial } from './serial.ts';

type Dependencies = {
  readonly history: BrowserHistory;
  readonly store: Pick<LaunchStore, 'all' | 'change'>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
};

/** Keeps spent session transfer tokens out of the browser's history, where the agent allowed it. */
export type HistoryCleaning = {
  /** Listens for visits; call it in the worker's first turn, for the browser may have woken it for one. */
  readonly listen: () => void;
  /** Goes by what the launches are at now: listens only while one is on its way or ends. */
  readonly tick: () => Promise<void>;
};

/** The parameter with a value, also within another parameter. Who reads about it searches without a value. */
const WITH_TOKEN = /session_transfer_token[=%][\w%.-]{8}/;
/** What a tab did not visit so long after the launch, it does not. */
const WATCH_MILLISECONDS = 20_000;
/**
 * A removal makes Chromium forget what a tab is on its way to, so a sign-in is let through first. And
 * within so long it writes its list of open tabs.
 */
const SETTLED_MILLISECONDS = 4_000;

const mayVisit = ({ ending, openedAt, requestedAt }: LaunchRecord, now: number): boolean =>
  ending !== undefined || now - (openedAt ?? Date.parse(requestedAt)) < WATCH_MILLISECONDS;

/**
 * Makes {@link HistoryCleaning}. Both browsers tell of each hop of a redirect when it is visited, also of
 * those that they do not list, and wake a worker for it: what carries a token is removed by its exact
 * URL, so no other visit can be meant and nothing of the token is kept. Chromium takes more:
 *
 * - It remembers from which page a link was followed. When a page with the token in its URL was shown,
 *   the visit after it on the same origin goes too, by its moment.
 * - It keeps the URL that an entry of an open tab was first asked for. The entry goes with the visits of
 *   its moment, once the tab shows something else: after the end. The file with the tabs is then written
 *   anew, and the one before is kept; so the app's part in the signing-out goes likewise, later.
 */
export const createHistoryCleaning = (dependencies: Dependencies): HistoryCleaning => {
  const { history, store, delay, now } = dependencies;
  const serial = createSerial();
  let shown: { readonly origin: string; readonly time: number } | undefined;

  const visited = async ({
    url = 'about:',
    lastVisitTime: time = 0,
  }: VisitedPage): Promise<void> => {
    const { origin } = new URL(url);
    const isSpent = WITH_TOKEN.test(url);
    const isNext = origin === shown?.origin && time !== shown.time;
    if (isSpent) shown = { origin, time };
    else if (isNext || time === shown?.time) shown = undefined;
    await serial(async () => {
      const record = (await store.all()).find((known) =>
        isSpent ? mayVisit(known, now()) : known.ending,
      );
      if (!record) return;
      const app = await dependencies.findApp(record.targetAppId);
      if (isSpent || app?.origins.includes(origin))
        await store.change(record.id, { visitedAt: [...(record.visitedAt ?? []), time] });
    });
    await delay(SETTLED_MILLISECONDS);
    if (isSpent) await history.forgetUrl(url);
    else if (isNext) await history.forgetMoment(time);
  };

  const forgetMoments = async (): Promise<void> => {
    for (const { id, state, visitedAt = [] } of await store.all())
      for (const time of state === 'ended' ? new Set(visitedAt) : []) {
        await history.forgetMoment(time);
        await delay(SETTLED_MILLISECONDS);
        await store.change(id, { visitedAt: visitedAt.filter((later) => later > time) });
      }
  };

  const tick = async (): Promise<void> => {
    if ((await store.all()).some((record) => mayVisit(record, now()))) {
      history.listen(visited);
      await delay(WATCH_MILLISECONDS);
      return tick();
    }
    history.unlisten(visited);
    return serial(forgetMoments);
  };

  return { listen: () => history.listen(visited), tick };
};
