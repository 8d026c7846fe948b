import browser from 'webextension-polyfill';
import type { CookieStore } from './cookie-store.ts';
import type { TabColor } from './tab-color.ts';
import { closeTab } from './tabs.ts';

/** Firefox's containers, each a cookie store of its own. Other browsers have none. */
export type Containers = {
  /** @throws where there are none, or the agent switched them off */
  readonly create: (name: string, color: TabColor) => Promise<CookieStore>;
  /** Removes a container with its cookies and its tabs; tells whether it is gone. */
  readonly remove: (store: CookieStore) => Promise<boolean>;
};

const isThere = async (store: CookieStore): Promise<boolean> => {
  const containers = await browser.contextualIdentities.query({});
  return containers.some(({ cookieStoreId }) => cookieStoreId === store);
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
      for (const { id } of await browser.tabs.query({ cookieStoreId: store })) {
        if (id !== undefined) {
          await closeTab(id);
        }
      }
      if (await isThere(store)) {
        await browser.contextualIdentities.remove(store);
      }
      return true;
    } catch {
      // The agent switched containers off: what is in this one is still there.
      return false;
    }
  },
};
