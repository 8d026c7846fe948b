import type { Network } from '../../../../src/extension/background/backend/backend-http.ts';
import type { Backend } from '../../../../src/extension/background/backend/backend-setting.ts';
import type { Identity } from '../../../../src/extension/browser/identity.ts';
import type { StorageArea } from '../../../../src/extension/browser/storage.ts';
import type { Containers } from '../../../../src/extension/browser/tabs/containers.ts';
import type {
  BrowserHistory,
  VisitedPage,
} from '../../../../src/extension/browser/tabs/history.ts';
import type { Tabs, TabUpdate } from '../../../../src/extension/browser/tabs/tabs.ts';

/** A storage area in memory that copies values as the browser's does. */
export const memoryArea = (initial: Record<string, unknown> = {}) => {
  const values = new Map(Object.entries(initial));
  const area: StorageArea = {
    get: async (key) => structuredClone(values.get(key)),
    set: async (key, value) => {
      values.set(key, structuredClone(value));
    },
    remove: async (keys) => {
      for (const key of keys) {
        values.delete(key);
      }
    },
    clear: async () => values.clear(),
  };
  return { ...area, values };
};

/** A request that the code under test made. */
export type SeenRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
};

/** A network whose answers the test gives; `fetch` rejects when the test throws. */
export const fakeNetwork = (
  answer: (request: SeenRequest) => Response | Promise<Response>,
  online = true,
) => {
  const requests: SeenRequest[] = [];
  const timeouts: { milliseconds: number; abort: () => void }[] = [];
  const network: Network = {
    fetch: async (input, init) => {
      const request: SeenRequest = {
        method: init?.method ?? 'GET',
        url: String(input),
        headers: new Headers(init?.headers),
        body: String(init?.body ?? ''),
      };
      requests.push(request);
      return answer(request);
    },
    isOnline: () => online,
    timeoutSignal: (milliseconds) => {
      const controller = new AbortController();
      timeouts.push({ milliseconds, abort: () => controller.abort() });
      return controller.signal;
    },
  };
  return { network, requests, timeouts };
};

/** A JSON answer. */
export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });

/** Tabs that do what they are told and finish loading at once. */
export const fakeTabs = (open: readonly number[] = []) => {
  const existing = new Set(open);
  const opened: { url: string; store: string; behind: boolean }[] = [];
  const navigations: { tabId: number; url: string }[] = [];
  const privateWindows: string[] = [];
  const reloaded: number[] = [];
  const sent: { tabId: number; message: unknown }[] = [];
  const shown = new Map<number, string | undefined>();
  const broken = new Set<number>();
  const listeners = new Set<(update: TabUpdate) => void>();
  const update = (change: TabUpdate): void => {
    for (const listener of [...listeners]) {
      listener(change);
    }
  };
  const make = (tab: (typeof opened)[number]): number => {
    opened.push(tab);
    const tabId = 100 + opened.length;
    existing.add(tabId);
    return tabId;
  };
  const tabs: Tabs = {
    open: async (url, store) => make({ url, store, behind: false }),
    findWindow: async () => undefined,
    openBehind: async (store) =>
      store === 'private' ? undefined : make({ url: 'about:blank', store, behind: true }),
    openPrivate: async (url) => {
      privateWindows.push(url);
      existing.add(900 + privateWindows.length);
      return 900 + privateWindows.length;
    },
    showing: async () => [],
    reload: async (tabId) => {
      reloaded.push(tabId);
    },
    title: async (tabId) => (shown.has(tabId) ? `Page of ${tabId}` : ''),
    isComplete: async () => true,
    isBroken: async (tabId) => broken.has(tabId),
    onClosed: () => undefined,
    onWindowClosed: () => undefined,
    hasPrivateWindow: async () => privateWindows.length > 0,
    exists: async (tabId) => existing.has(tabId),
    url: async (tabId) => (shown.has(tabId) ? shown.get(tabId) : 'about:blank'),
    navigate: async (tabId, url) => {
      if (!existing.has(tabId)) {
        throw new Error('No such tab.');
      }
      navigations.push({ tabId, url });
      update({ tabId, loading: true, complete: false, url: undefined });
      update({ tabId, loading: false, complete: true, url: undefined });
    },
    focus: async () => undefined,
    send: async (tabId, message) => {
      sent.push({ tabId, message });
    },
    close: async (tabId) => {
      existing.delete(tabId);
    },
    onUpdated: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const show = (tabId: number, url: string | undefined): void => {
    shown.set(tabId, url);
  };
  return {
    tabs,
    opened,
    privateWindows,
    reloaded,
    sent,
    navigations,
    existing,
    broken,
    listeners,
    update,
    show,
  };
};

/** Containers as Firefox has them, or a browser that has none. */
export const fakeContainers = (none = false) => {
  const existing = new Map<string, { name: string; color: string }>();
  let made = 0;
  const containers: Containers = {
    create: async (name, color) => {
      if (none) {
        throw new Error('No containers.');
      }
      made += 1;
      existing.set(`firefox-container-${made}`, { name, color });
      return `firefox-container-${made}`;
    },
    remove: async (store) => {
      existing.delete(store);
      return true;
    },
  };
  return { containers, existing };
};

/** A sign-in window that the test plays; it throws as the browser does when the window is closed. */
export const fakeIdentity = (
  answer: (url: URL, interactive: boolean) => string | Promise<string>,
) => {
  const flows: { url: URL; interactive: boolean }[] = [];
  const identity: Identity = {
    redirectUrl: (path) => `https://abcdef.chromiumapp.org/${path}`,
    launchWebAuthFlow: async ({ url, interactive }) => {
      flows.push({ url: new URL(url), interactive });
      return answer(new URL(url), interactive);
    },
  };
  return { identity, flows };
};

/** A backend in production form. */
export const BACKEND: Backend = {
  origin: 'https://understudy.acme.example',
  discovery: {
    issuer: 'https://agents.acme.example/',
    clientId: 'extension-client',
    audience: 'https://understudy.acme.example',
    scope: 'openid profile email offline_access',
    version: '1',
  },
};

/** Lets everything that waits for nothing but settled promises go on. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) {
    await Promise.resolve();
  }
};

/** A clock that stands still until the test moves it, and waits that end by it. */
export const fakeTimers = () => {
  let time = 0;
  let waits: { until: number; end: () => void }[] = [];
  return {
    now: () => time,
    delay: (milliseconds: number): Promise<void> =>
      new Promise((end) => waits.push({ until: time + milliseconds, end })),
    advance: async (milliseconds: number): Promise<void> => {
      await settled();
      time += milliseconds;
      const over = waits.filter(({ until }) => until <= time);
      waits = waits.filter(({ until }) => until > time);
      for (const { end } of over) {
        end();
      }
      await settled();
    },
  };
};

/** A history in which the test visits pages; notes the URLs and moments that were to be forgotten. */
export const fakeHistory = () => {
  const forgotten: (string | number)[] = [];
  const listed: VisitedPage[] = [];
  const listeners = new Set<(page: VisitedPage) => unknown>();
  const forget = async (what: string | number): Promise<void> => {
    forgotten.push(what);
  };
  const history: BrowserHistory = {
    listen: (listener) => void listeners.add(listener),
    unlisten: (listener) => void listeners.delete(listener),
    forgetUrl: forget,
    forgetMoment: forget,
    since: async () => listed,
  };
  const visit = (page: VisitedPage): void => {
    for (const listener of listeners) {
      listener(page);
    }
  };
  return { history, forgotten, listed, listeners, visit };
};
