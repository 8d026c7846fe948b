import type { Containers } from '../../browser/tabs/containers.ts';
import { type CookieStore, DEFAULT_STORE, PRIVATE_STORE } from '../../browser/tabs/cookie-store.ts';
import type { OpenIn, SessionColor } from '../../messages/launch/launch-status.ts';
import { displayText } from '../../messages/texts/display-text.ts';

/** What a container is called and how it is coloured. */
type ContainerLook = { readonly name: string; readonly color: SessionColor };

/** How a cookie store is opened. */
export const openInOf = (store: CookieStore): OpenIn => {
  if (store === DEFAULT_STORE) {
    return 'new_tab';
  }
  return store === PRIVATE_STORE ? 'private_window' : 'container';
};

/**
 * The cookie store that a launch shares with sessions that are already open; `undefined` for a container, which is
 * always new.
 */
export const sharedStoreOf = (openIn: OpenIn): CookieStore | undefined => {
  if (openIn === 'container') {
    return undefined;
  }
  return openIn === 'new_tab' ? DEFAULT_STORE : PRIVATE_STORE;
};

/**
 * Gives the cookie store that a launch opens in, and makes the container where it opens in one. @throws where the
 * browser has no containers
 */
export const chooseCookieStore = async (
  containers: Pick<Containers, 'create'>,
  openIn: OpenIn,
  { name, color }: ContainerLook,
): Promise<CookieStore> =>
  sharedStoreOf(openIn) ?? (await containers.create(displayText(name), color));
