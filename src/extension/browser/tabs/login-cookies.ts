import { patternsOf } from '../site-access.ts';
import { type CookieStore, DEFAULT_STORE, PRIVATE_STORE } from './cookie-store.ts';
import { browserTabs } from './tabs.ts';

/**
 * The cookies of a login domain's session. The names are Auth0's; others on the domain exist before any
 * login. @see Auth0 documentation, "Sessions"
 */
export type LoginCookies = {
  /** Tells whether there is a session cookie; `undefined` where the agent did not allow us to look. */
  readonly present: (origin: string, store: CookieStore) => Promise<boolean | undefined>;
  /** Removes the session's cookies where that is allowed. */
  readonly remove: (origin: string, store: CookieStore) => Promise<void>;
};

const NAMES = ['auth0', 'auth0_compat'];

const mayLook = (origin: string): Promise<boolean> =>
  chrome.permissions.contains({ permissions: ['cookies'], origins: patternsOf([origin]) });

/**
 * How the cookies API names a store; `undefined` for private windows while none is open. Containers are not
 * looked at: they are removed with their session.
 */
const idOf = async (store: CookieStore): Promise<{ storeId?: string } | undefined> => {
  if (store === DEFAULT_STORE) {
    return {};
  }
  const stores = await chrome.cookies.getAllCookieStores();
  const ofPrivate = stores.find(({ id }) => id === '1' || id === 'firefox-private');
  return ofPrivate && { storeId: ofPrivate.id };
};

/** {@link LoginCookies} of the running browser. */
export const browserLoginCookies: LoginCookies = {
  present: async (url, store) => {
    // Without a private window there are no private cookies, if we would see one.
    if (store === PRIVATE_STORE && !(await browserTabs.hasPrivateWindow())) {
      return (await chrome.extension.isAllowedIncognitoAccess()) ? false : undefined;
    }
    if (!(await mayLook(url))) {
      return undefined;
    }
    const id = await idOf(store);
    if (!id) {
      return undefined;
    }
    const found = await Promise.all(NAMES.map((name) => chrome.cookies.get({ url, name, ...id })));
    return found.some((cookie) => cookie !== null && cookie !== undefined);
  },
  remove: async (url, store) => {
    if (!(await mayLook(url))) {
      return;
    }
    const id = await idOf(store);
    if (id) {
      for (const name of NAMES) {
        await chrome.cookies.remove({ url, name, ...id });
      }
    }
  },
};
