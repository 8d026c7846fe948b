import type { Tabs } from '../browser/tabs.ts';

/**
 * Navigates a tab and waits until the page at the end of all redirects has loaded, at most for
 * `timeoutMilliseconds`. Tells whether it did in time.
 * @throws when the tab is gone
 */
export const navigateAndSettle = async (
  tabs: Pick<Tabs, 'navigate' | 'onUpdated'>,
  tabId: number,
  url: string,
  timeout: Promise<void>,
): Promise<boolean> => {
  const settled = Promise.withResolvers<boolean>();
  const stop = tabs.onUpdated((update) => {
    if (update.tabId === tabId && update.complete) settled.resolve(true);
  });
  try {
    await tabs.navigate(tabId, url);
    return await Promise.race([settled.promise, timeout.then(() => false)]);
  } finally {
    stop();
  }
};
