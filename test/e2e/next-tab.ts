import type { BrowserContext, Page } from 'playwright';

/**
 * Waits for the next tab or window of a browser; called before what opens it. Where that fails, its own error is the one
 * to be told, not that no tab came.
 */
export const nextTab = (context: BrowserContext): Promise<Page> => {
  const opened = context.waitForEvent('page');
  opened.catch(() => undefined);
  return opened;
};
