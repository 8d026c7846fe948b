import { patternsOf } from '../site-access.ts';
import { type CookieStore, DEFAULT_STORE, PRIVATE_STORE, storeOfTab } from './cookie-store.ts';
import { hasHistoryAccess } from './history.ts';
import { openByOneTimeRedirect } from './one-time-redirect.ts';

/** What became of a tab. `url` is known only for origins that the agent gave access to. */
export type TabUpdate = {
  readonly tabId: number;
  /** A navigation began, or went on to the next address. */
  readonly loading: boolean;
  readonly complete: boolean;
  readonly url: string | undefined;
};

/** A window that tabs can be opened in. */
type TabWindow = { readonly id: number; readonly focused: boolean };

/** The tabs of the browser, as far as no permission is needed for them. */
export type Tabs = {
  /**
   * Opens a tab in front, among the ordinary ones or in a container. Where the agent allowed access to the
   * history, the browser does not keep that it was this URL.
   */
  readonly open: (
    url: string,
    store: CookieStore,
    window?: Promise<TabWindow | undefined>,
  ) => Promise<number>;
  /** Finds the window that {@link Tabs.open} would open a tab in, for who has something to wait for until then. Never rejects. */
  readonly findWindow: () => Promise<TabWindow | undefined>;
  /**
   * Opens a private window and gives its tab, or `undefined` where the extension is not allowed to see
   * private windows: the window is there, but nothing of it.
   */
  readonly openPrivate: (url: string) => Promise<number | undefined>;
  /** Opens an empty tab behind the others; `undefined` where the store has no window that can be seen. */
  readonly openBehind: (store: CookieStore) => Promise<number | undefined>;
  readonly exists: (tabId: number) => Promise<boolean>;
  /** The tab's URL where its origin is open to us, else `undefined`. */
  readonly url: (tabId: number) => Promise<string | undefined>;
  /** The tab's title where its origin is open to us, else an empty text. */
  readonly title: (tabId: number) => Promise<string>;
  readonly isComplete: (tabId: number) => Promise<boolean>;
  /** Whether the tab shows the browser's own error page; only where its page is open to us. */
  readonly isBroken: (tabId: number) => Promise<boolean>;
  /** The tabs of a store that show these origins, where those are open to us. */
  readonly showing: (origins: readonly string[], store: CookieStore) => Promise<readonly number[]>;
  readonly navigate: (tabId: number, url: string) => Promise<void>;
  /** Loads a tab again. Nothing happens when it is closed already. */
  readonly reload: (tabId: number) => Promise<void>;
  readonly focus: (tabId: number) => Promise<void>;
  /** Sends a message to the content script in a tab's page. Nothing happens where there is none. */
  readonly send: (tabId: number, message: unknown) => Promise<void>;
  /** Closes a tab, never an ordinary window: that gets an empty tab. Nothing happens when it is closed already. */
  readonly close: (tabId: number) => Promise<void>;
  /** Tells whether there is a private window that can be seen. */
  readonly hasPrivateWindow: () => Promise<boolean>;
  /** Calls back on every update of every tab until the returned function is called. */
  readonly onUpdated: (listener: (update: TabUpdate) => void) => () => void;
  /** Calls back on every tab that is closed, for as long as the worker lives. */
  readonly onClosed: (listener: (tabId: number) => void) => void;
  /** Calls back when a window was closed, after its tabs. */
  readonly onWindowClosed: (listener: () => void) => void;
};

/** The window in front, if it is private or not as asked, else another one that is: one of the other kind may be in front. */
const windowFor = async (isPrivate: boolean): Promise<TabWindow | undefined> => {
  const windowTypes: ['normal'] = ['normal'];
  // It rejects when there is no window at all.
  const last = await chrome.windows.getLastFocused({ windowTypes }).catch(() => undefined);
  const windows =
    last?.incognito === isPrivate ? [last] : await chrome.windows.getAll({ windowTypes });
  const found = windows.findLast(({ incognito }) => incognito === isPrivate);
  return found?.id === undefined ? undefined : { id: found.id, focused: found.focused };
};

const idOf = (tab: chrome.tabs.Tab | undefined): number => {
  if (tab?.id === undefined) {
    throw new Error('The browser opened a tab without an id.');
  }
  return tab.id;
};

type NewTab = { readonly url: string; readonly active?: boolean };

/** `cookieStoreId` is Firefox's alone. */
const containerOf = (store: CookieStore) => ({
  ...(store !== DEFAULT_STORE && { cookieStoreId: store }),
});

const createIn = async (
  window: TabWindow,
  store: CookieStore,
  properties: NewTab,
): Promise<number> => {
  const where = { ...containerOf(store), windowId: window.id };
  const tab = await chrome.tabs.create({ ...properties, ...where });
  if (properties.active !== false && !window.focused) {
    await bringToFront(window.id);
  }
  return idOf(tab);
};

/** Opens a tab that is not in a private window. */
const create = async (store: CookieStore, properties: NewTab): Promise<number> => {
  const window = await windowFor(false);
  if (window) {
    return createIn(window, store, properties);
  }
  const opened = await chrome.windows.create({
    url: properties.url,
    incognito: false,
    ...containerOf(store),
  });
  return idOf(opened?.tabs?.[0]);
};

/** A tab that is open stays open, whether its window could be brought to the front or not. */
const bringToFront = async (windowId: number): Promise<void> => {
  try {
    await chrome.windows.update(windowId, { focused: true });
  } catch {
    // The agent closed the window.
  }
};

const openBehind: Tabs['openBehind'] = async (store) => {
  const behind = { url: 'about:blank', active: false };
  if (store !== PRIVATE_STORE) {
    try {
      return await create(store, behind);
    } catch {
      // The agent removed the container, and the session with it.
      return undefined;
    }
  }
  const window = await windowFor(true);
  return window && idOf(await chrome.tabs.create({ ...behind, windowId: window.id }));
};

/** Closes a tab, never an ordinary window: that gets an empty tab. Nothing happens when it is closed already. */
export const closeTab = async (tabId: number): Promise<void> => {
  try {
    const { windowId, incognito } = await chrome.tabs.get(tabId);
    // It may be the browser's last window.
    const isLast = (await chrome.tabs.query({ windowId })).length === 1;
    if (isLast && !incognito) {
      await chrome.tabs.create({ windowId });
    }
    await chrome.tabs.remove(tabId);
  } catch {
    // The agent has closed the tab in the meantime.
  }
};

const get = async (tabId: number): Promise<chrome.tabs.Tab | undefined> => {
  try {
    return await chrome.tabs.get(tabId);
  } catch {
    // The only reason for a rejection here is that there is no such tab.
    return undefined;
  }
};

const isBroken: Tabs['isBroken'] = async (tabId) => {
  try {
    await chrome.scripting.executeScript({ target: { tabId }, func: () => undefined });
    return false;
  } catch {
    // No page that is open to us refuses a script, and an error page keeps the address of what failed.
    return true;
  }
};

const navigate: Tabs['navigate'] = async (tabId, url) => {
  await chrome.tabs.update(tabId, { url });
};

const focus: Tabs['focus'] = async (tabId) => {
  const tab = await chrome.tabs.update(tabId, { active: true });
  if (tab) {
    await chrome.windows.update(tab.windowId, { focused: true });
  }
};

const onUpdated: Tabs['onUpdated'] = (listener) => {
  const forward = (
    tabId: number,
    change: { status?: string | undefined },
    tab: { url?: string | undefined },
  ): void =>
    listener({
      tabId,
      loading: change.status === 'loading',
      complete: change.status === 'complete',
      url: tab.url,
    });
  chrome.tabs.onUpdated.addListener(forward);
  return () => chrome.tabs.onUpdated.removeListener(forward);
};

/** Whether the list of open tabs can be kept free of an address: with Firefox's background page, it cannot. */
const mayLeaveNoTrace = (): boolean =>
  hasHistoryAccess() && 'ServiceWorkerGlobalScope' in globalThis;

const open: Tabs['open'] = async (url, store, found) => {
  const window = await found;
  const openAt = async (address: string): Promise<number> => {
    // The window may have been closed since.
    const tabId =
      window && (await createIn(window, store, { url: address }).catch(() => undefined));
    return tabId ?? create(store, { url: address });
  };
  return mayLeaveNoTrace()
    ? openByOneTimeRedirect({ open: openAt, navigate, onUpdated }, url)
    : openAt(url);
};

/** {@link Tabs} of the running browser. */
export const browserTabs: Tabs = {
  open,
  findWindow: () => windowFor(false).catch(() => undefined),
  openPrivate: async (url) => {
    const opened = await chrome.windows.create({ url, incognito: true });
    return opened?.tabs?.[0]?.id;
  },
  openBehind,
  exists: async (tabId) => (await get(tabId)) !== undefined,
  url: async (tabId) => (await get(tabId))?.url,
  title: async (tabId) => (await get(tabId))?.title ?? '',
  isComplete: async (tabId) => (await get(tabId))?.status === 'complete',
  isBroken,
  showing: async (origins, store) => {
    const tabs = await chrome.tabs.query({ url: patternsOf(origins) });
    // Patterns have no ports, and the same host may serve something else on another one.
    return tabs
      .filter(({ url = '' }) => origins.includes(URL.parse(url)?.origin ?? ''))
      .flatMap((tab) => (tab.id !== undefined && storeOfTab(tab) === store ? [tab.id] : []));
  },
  navigate,
  reload: async (tabId) => {
    try {
      await chrome.tabs.reload(tabId);
    } catch {
      // The agent has closed the tab in the meantime.
    }
  },
  focus,
  send: async (tabId, message) => {
    try {
      await chrome.tabs.sendMessage(tabId, message, { frameId: 0 });
    } catch {
      // The page has no banner yet; it asks when it gets one.
    }
  },
  close: closeTab,
  hasPrivateWindow: async () => (await windowFor(true)) !== undefined,
  onUpdated,
  onClosed: (listener) => chrome.tabs.onRemoved.addListener((tabId) => listener(tabId)),
  onWindowClosed: (listener) => chrome.windows.onRemoved.addListener(() => listener()),
};
