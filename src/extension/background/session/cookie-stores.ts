import * as z from 'zod/mini';
import { type LaunchId, launchIdSchema } from '../../../contract/ids.ts';
import type { Containers } from '../../browser/containers.ts';
import { type CookieStore, DEFAULT_STORE, PRIVATE_STORE } from '../../browser/cookie-store.ts';
import type { StorageArea } from '../../browser/storage.ts';
import type { TabColor } from '../../browser/tab-color.ts';
import { displayText } from '../../messages/display-text.ts';
import type { OpenIn } from '../../messages/launch-status.ts';
import { createSerial } from '../storage/serial.ts';
import { storedValue } from '../storage/stored-value.ts';

/** What a container is called and how it is coloured. */
export type ContainerLook = { readonly name: string; readonly color: TabColor };

/**
 * Which cookie store each customer's session of this browser is in. Ordinary sessions and containers outlive
 * the browser, so this is kept on disk: ids, and nothing else. The private store does not.
 */
export type SessionStores = {
  /**
   * Settles where a launch opens; a container is made for it.
   * @throws where the browser has no containers
   */
  readonly choose: (
    launchId: LaunchId,
    openIn: OpenIn,
    look: () => Promise<ContainerLook>,
  ) => Promise<CookieStore>;
  /** The store of a launch, of an earlier browser session too; `undefined` for one of another browser. */
  readonly of: (launchId: LaunchId) => Promise<CookieStore | undefined>;
  /** Forgets a launch, and removes its container with all cookies and tabs in it; tells whether that is gone. */
  readonly forget: (launchId: LaunchId) => Promise<boolean>;
  /** Forgets all other launches than these. */
  readonly keepOnly: (launchIds: readonly LaunchId[]) => Promise<boolean>;
};

const keptSchema = z.array(z.object({ launchId: launchIdSchema, store: z.string() }));

/** Makes {@link SessionStores}. */
export const createSessionStores = (containers: Containers, local: StorageArea): SessionStores => {
  const stored = storedValue(local, 'sessionStores', keptSchema);
  const serial = createSerial();
  const all = async () => (await stored.read()) ?? [];

  const keep = (launchId: LaunchId, store: CookieStore): Promise<void> =>
    serial(async () => stored.write([...(await all()), { launchId, store }]));

  /** Tells whether all are gone; a container that could not be removed is tried again with the next. */
  const forgetWhere = (isOver: (launchId: LaunchId) => boolean): Promise<boolean> =>
    serial(async () => {
      const left: { launchId: LaunchId; store: CookieStore }[] = [];
      let gone = true;
      for (const entry of await all()) {
        const isGone =
          isOver(entry.launchId) &&
          (openInOf(entry.store) !== 'container' || (await containers.remove(entry.store)));
        if (isOver(entry.launchId) && !isGone) gone = false;
        if (!isGone) left.push(entry);
      }
      await stored.write(left);
      return gone;
    });

  return {
    choose: async (launchId, openIn, look) => {
      if (openIn === 'container') {
        const { name, color } = await look();
        const store = await containers.create(displayText(name), color);
        await keep(launchId, store);
        return store;
      }
      if (openIn === 'private_window') return PRIVATE_STORE;
      // Not waited for, the agent waits: if it fails, a session is of an unknown place after a restart.
      void keep(launchId, DEFAULT_STORE).catch(() => undefined);
      return DEFAULT_STORE;
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
