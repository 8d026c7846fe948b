import * as z from 'zod/mini';
import { type LaunchId, launchIdSchema } from '../../contract/ids.ts';
import type { Containers } from '../browser/containers.ts';
import { type CookieStore, DEFAULT_STORE, PRIVATE_STORE } from '../browser/cookie-store.ts';
import type { StorageArea } from '../browser/storage.ts';
import type { TabColor } from '../browser/tab-color.ts';
import { displayText } from '../messages/display-text.ts';
import type { OpenIn } from '../messages/launch-status.ts';
import { createSerial } from './serial.ts';
import { storedValue } from './stored-value.ts';

/** What a container is called and how it is coloured. */
export type ContainerLook = { readonly name: string; readonly color: TabColor };

/**
 * Which cookie store each customer's session of this browser is in. Sessions and containers outlive the
 * browser, so this is kept on disk: ids, and nothing else.
 */
export type SessionStores = {
  /**
   * Settles where a launch opens; a container is made for it.
   * @throws where the browser has no containers
   */
  readonly choose: (
    launchId: LaunchId,
    openIn: OpenIn,
    look: ContainerLook,
  ) => Promise<CookieStore>;
  /** The store of a launch, of an earlier browser session too; `undefined` for one of another browser. */
  readonly of: (launchId: LaunchId) => Promise<CookieStore | undefined>;
  /** Forgets a launch, and removes its container with all cookies and tabs in it. */
  readonly forget: (launchId: LaunchId) => Promise<void>;
  /** Forgets all other launches than these. */
  readonly keepOnly: (launchIds: readonly LaunchId[]) => Promise<void>;
};

const keptSchema = z.array(z.object({ launchId: launchIdSchema, store: z.string() }));

/** Makes {@link SessionStores}. */
export const createSessionStores = (containers: Containers, local: StorageArea): SessionStores => {
  const stored = storedValue(local, 'sessionStores', keptSchema);
  const serial = createSerial();
  const all = async () => (await stored.read()) ?? [];

  const keep = (launchId: LaunchId, store: CookieStore): Promise<void> =>
    serial(async () => stored.write([...(await all()), { launchId, store }]));

  const forgetWhere = (isOver: (launchId: LaunchId) => boolean): Promise<void> =>
    serial(async () => {
      const known = await all();
      for (const { launchId, store } of known)
        if (isOver(launchId) && openInOf(store) === 'container') await containers.remove(store);
      await stored.write(known.filter(({ launchId }) => !isOver(launchId)));
    });

  return {
    choose: async (launchId, openIn, { name, color }) => {
      if (openIn === 'container') {
        const store = await containers.create(displayText(name), color);
        await keep(launchId, store);
        return store;
      }
      const store = openIn === 'private_window' ? PRIVATE_STORE : DEFAULT_STORE;
      // Not waited for, the agent waits: if it fails, a session is of an unknown place after a restart.
      void keep(launchId, store).catch(() => undefined);
      return store;
    },
    of: async (id) => (await all()).find(({ launchId }) => launchId === id)?.store,
    forget: (id) => forgetWhere((launchId) => launchId === id),
    keepOnly: (launchIds) => forgetWhere((launchId) => !launchIds.includes(launchId)),
  };
};

/** How a store is opened. */
export const openInOf = (store: CookieStore): OpenIn => {
  if (store === DEFAULT_STORE) return 'new_tab';
  return store === PRIVATE_STORE ? 'private_window' : 'container';
};
