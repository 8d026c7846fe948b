import browser from 'webextension-polyfill';
import type { CookieStore } from './cookie-store.ts';
import type { TabColor } from './tab-color.ts';

/** Firefox's containers, each a cookie store of its own. Other browsers have none. */
export type Containers = {
  /** @throws where there are none, or the agent switched them off */
  readonly create: (name: string, color: TabColor) => Promise<CookieStore>;
  /** Removes a container with its cookies and its tabs; nothing happens when it is gone already. */
  readonly remove: (store: CookieStore) => Promise<void>;
};

/** Closes every tab of a container. A window that would close with them gets an empty tab: it is the agent's. */
const closeTabs = async (store: CookieStore): Promise<void> => {
  const tabs = await browser.tabs.query({ cookieStoreId: store });
  const windows = new Set(tabs.map(({ windowId }) => windowId));
  for (const windowId of windows) {
    if (windowId === undefined) continue;
    const all = await browser.tabs.query({ windowId });
    if (all.every(({ cookieStoreId }) => cookieStoreId === store))
      await browser.tabs.create({ windowId });
  }
  await browser.tabs.remove(tabs.flatMap(({ id }) => (id === undefined ? [] : [id])));
};

/** {@link Containers} of the running browser. */
export const browserContainers: Containers = {
  create: async (name, color) => {
    const { cookieStoreId } = await browser.contextualIdentities.create({
      name,
      color: color === 'cyan' ? 'turquoise' : color,
      icon: 'fingerprint',
    });
    return cookieStoreId;
  },
  remove: async (store) => {
    try {
      await closeTabs(store);
      await browser.contextualIdentities.remove(store);
    } catch {
      // The only reason for a rejection here is that there is no such container.
    }
  },
};
