import browser from 'webextension-polyfill';

/** What became of a tab. `url` is known only for origins that the agent gave access to. */
export type TabUpdate = {
  readonly tabId: number;
  readonly complete: boolean;
  readonly url: string | undefined;
};

/** The tabs of the browser, as far as no permission is needed for them. */
export type Tabs = {
  readonly open: (url: string, options: { active: boolean }) => Promise<number>;
  readonly exists: (tabId: number) => Promise<boolean>;
  /** The tab's URL where its origin is open to us, else `undefined`. */
  readonly url: (tabId: number) => Promise<string | undefined>;
  readonly isComplete: (tabId: number) => Promise<boolean>;
  readonly navigate: (tabId: number, url: string) => Promise<void>;
  readonly focus: (tabId: number) => Promise<void>;
  readonly close: (tabId: number) => Promise<void>;
  /** Calls back on every update of every tab until the returned function is called. */
  readonly onUpdated: (listener: (update: TabUpdate) => void) => () => void;
  /** Calls back on every tab that is closed, for as long as the worker lives. */
  readonly onClosed: (listener: (tabId: number) => void) => void;
};

const open: Tabs['open'] = async (url, { active }) => {
  const tab = await browser.tabs.create({ url, active });
  if (tab.id === undefined) throw new Error('The browser opened a tab without an id.');
  return tab.id;
};

const exists: Tabs['exists'] = async (tabId) => {
  try {
    await browser.tabs.get(tabId);
    return true;
  } catch {
    // The only reason for a rejection here is that there is no such tab.
    return false;
  }
};

const focus: Tabs['focus'] = async (tabId) => {
  const tab = await browser.tabs.update(tabId, { active: true });
  if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
};

const onUpdated: Tabs['onUpdated'] = (listener) => {
  const forward = (tabId: number, change: { status?: string }, tab: { url?: string }): void =>
    listener({ tabId, complete: change.status === 'complete', url: tab.url });
  browser.tabs.onUpdated.addListener(forward);
  return () => browser.tabs.onUpdated.removeListener(forward);
};

/** {@link Tabs} of the running browser. */
export const browserTabs: Tabs = {
  open,
  exists,
  url: async (tabId) => (await browser.tabs.get(tabId)).url,
  isComplete: async (tabId) => (await browser.tabs.get(tabId)).status === 'complete',
  navigate: async (tabId, url) => {
    await browser.tabs.update(tabId, { url });
  },
  focus,
  close: (tabId) => browser.tabs.remove(tabId),
  onUpdated,
  onClosed: (listener) => browser.tabs.onRemoved.addListener((tabId) => listener(tabId)),
};
