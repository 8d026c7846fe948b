import type { Tabs, TabUpdate } from '../../../browser/tabs/tabs.ts';

type WatchedTabs = Pick<Tabs, 'navigate' | 'onUpdated' | 'isComplete'>;

const untilUpdate = async (
  tabs: WatchedTabs,
  tabId: number,
  isOver: (update: TabUpdate) => boolean,
  begin: () => Promise<unknown>,
  timeout: Promise<void>,
): Promise<boolean> => {
  const settled = Promise.withResolvers<boolean>();
  const stop = tabs.onUpdated((update) => {
    if (update.tabId === tabId && isOver(update)) {
      settled.resolve(true);
    }
  });
  try {
    await begin();
    return await Promise.race([settled.promise, timeout.then(() => false)]);
  } finally {
    stop();
  }
};

/**
 * Navigates a tab and waits until the page at the end of all redirects has loaded, at most until `timeout`
 * settles. Tells whether it did in time. What was still loading before does not count.
 * @throws when the tab is gone
 */
export const navigateAndSettle = (
  tabs: WatchedTabs,
  tabId: number,
  url: string,
  timeout: Promise<void>,
): Promise<boolean> => {
  let begun = false;
  const isOver = ({ loading, complete }: TabUpdate): boolean => {
    begun ||= loading;
    return begun && complete;
  };
  return untilUpdate(tabs, tabId, isOver, () => tabs.navigate(tabId, url), timeout);
};

/** Waits until a tab that was just opened can be navigated: before that, browsers lose the navigation. */
export const waitUntilReady = async (
  tabs: WatchedTabs,
  tabId: number,
  timeout: Promise<void>,
): Promise<void> => {
  const ready = Promise.withResolvers<void>();
  const look = async (): Promise<void> => {
    if (await tabs.isComplete(tabId)) {
      ready.resolve();
    }
  };
  const either = Promise.race([timeout, ready.promise]);
  await untilUpdate(tabs, tabId, ({ complete }) => complete, look, either);
};
