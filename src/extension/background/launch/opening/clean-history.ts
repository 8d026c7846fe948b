import type { TargetApp } from '../../../../contract/target-app.ts';
import type { BrowserHistory, VisitedPage } from '../../../browser/tabs/history.ts';
import { inBackground } from '../../../in-background.ts';
import { SETTLED_MILLISECONDS } from '../../durations.ts';
import type { LaunchRecord } from '../../launch-state/launch-record.ts';
import type { Launches } from '../../launch-state/launches.ts';

type Dependencies = {
  readonly history: BrowserHistory;
  readonly launches: Pick<Launches, 'all'>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
};

/** Keeps spent session transfer tokens out of the browser's history, where the agent allowed it. */
export type HistoryCleaning = {
  /** Listens for visits; call it in the worker's first turn, for the browser may have woken it for one. */
  readonly listen: () => void;
  /** Starts or stops listening according to the launches: it listens only while a token may be on its way. */
  readonly tick: () => Promise<void>;
  /** Listens for a minute, because a token is about to be opened in a tab and no stored launch says so yet. */
  readonly expect: () => void;
  /** Removes what a worker that died may have missed. */
  readonly resume: () => Promise<void>;
};

/** The parameter with a value, also inside another parameter. A page that only mentions the name is left alone. */
const WITH_TOKEN = /session_transfer_token[=%][\w%.-]{8}/;
/** A token lives for a minute. */
const WATCH_MILLISECONDS = 60_000;
/** A page that has the token in its URL is left within this time, in milliseconds. */
const FOLLOWED_MILLISECONDS = 10_000;

/**
 * Makes {@link HistoryCleaning}. Both browsers tell of each hop of a redirect when it is visited, also of
 * those that they do not list: what carries a token is removed by its exact URL, so no other visit can be
 * meant and nothing of the token is kept. Chromium also remembers from which page a link was followed: when a
 * page with the token in its URL was shown, the next visit on the same origin is removed too, by its timestamp.
 *
 * A visit that was missed is found by the app's page that it led to, because all hops of a redirect have the same
 * timestamp. Then the app's visits since the launch are removed with it.
 */
export const createHistoryCleaning = (dependencies: Dependencies): HistoryCleaning => {
  const { history, launches, delay, now } = dependencies;
  let shown: { readonly origin: string; readonly time: number } | undefined;
  let isWatching = false;
  let expectedUntil = 0;

  const visited = async ({ url, time }: VisitedPage): Promise<void> => {
    const { origin } = new URL(url);
    const isSpent = WITH_TOKEN.test(url);
    const isNext =
      !isSpent &&
      shown?.origin === origin &&
      time > shown.time &&
      time < shown.time + FOLLOWED_MILLISECONDS;
    if (isSpent) {
      shown = { origin, time };
    } else if (isNext || time === shown?.time) {
      shown = undefined;
    }
    if (!isSpent && !isNext) {
      return;
    }
    await delay(SETTLED_MILLISECONDS);
    await (isSpent ? history.forgetUrl(url) : history.forgetMoment(time));
  };

  const isOnItsWay = ({ openedAt, requestedAt }: LaunchRecord): boolean =>
    now() - (openedAt ?? Date.parse(requestedAt)) < WATCH_MILLISECONDS;

  const isAnyOnItsWay = async (): Promise<boolean> =>
    now() < expectedUntil || (await launches.all()).some(isOnItsWay);

  const tick = async (): Promise<void> => {
    // Also while it is watched: the agent may have allowed it just now.
    if (await isAnyOnItsWay()) {
      history.listen(visited);
    }
    if (isWatching) {
      return;
    }
    isWatching = true;
    while (await isAnyOnItsWay()) {
      await delay(WATCH_MILLISECONDS);
    }
    history.unlisten(visited);
    isWatching = false;
  };

  return {
    listen: () => history.listen(visited),
    tick,
    expect: () => {
      expectedUntil = now() + WATCH_MILLISECONDS;
      inBackground(tick(), 'watching the history');
    },
    resume: async () => {
      const missed = (await launches.all()).filter(isOnItsWay);
      if (missed.length > 0) {
        await delay(SETTLED_MILLISECONDS);
      }
      for (const { targetAppId, requestedAt } of missed) {
        const origins = (await dependencies.findApp(targetAppId))?.origins ?? [];
        for (const { url, time } of await history.since(Date.parse(requestedAt))) {
          if (WITH_TOKEN.test(url)) {
            await history.forgetUrl(url);
          } else if (origins.includes(new URL(url).origin)) {
            await history.forgetMoment(time);
          }
        }
      }
    },
  };
};
