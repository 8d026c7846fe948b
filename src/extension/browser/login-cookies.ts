import { patternsOf } from './permissions.ts';

/**
 * The cookies of a login domain's session. The names are Auth0's; others on the domain exist before any
 * login. @see facts: Auth0 "Sessions and logout"
 */
export type LoginCookies = {
  /** Tells whether there is a session cookie; `undefined` where the agent did not allow us to look. */
  readonly present: (origin: string, isPrivate: boolean) => Promise<boolean | undefined>;
  /** Removes the session's cookies where that is allowed. */
  readonly remove: (origin: string, isPrivate: boolean) => Promise<void>;
};

const NAMES = ['auth0', 'auth0_compat'];

const mayLook = (origin: string): Promise<boolean> =>
  chrome.permissions.contains({ permissions: ['cookies'], origins: patternsOf([origin]) });

/** The store of private windows, which exists only while one is open; ordinary tabs have the default one. */
const storeOf = async (isPrivate: boolean): Promise<{ storeId?: string } | undefined> => {
  if (!isPrivate) return {};
  const stores = await chrome.cookies.getAllCookieStores();
  const store = stores.find(({ id }) => id === '1' || id === 'firefox-private');
  return store && { storeId: store.id };
};

/** {@link LoginCookies} of the running browser. */
export const browserLoginCookies: LoginCookies = {
  present: async (url, isPrivate) => {
    if (!(await mayLook(url))) return undefined;
    const store = await storeOf(isPrivate);
    if (!store) return false;
    const found = await Promise.all(
      NAMES.map((name) => chrome.cookies.get({ url, name, ...store })),
    );
    return found.some((cookie) => cookie !== null && cookie !== undefined);
  },
  remove: async (url, isPrivate) => {
    if (!(await mayLook(url))) return;
    const store = await storeOf(isPrivate);
    if (store) for (const name of NAMES) await chrome.cookies.remove({ url, name, ...store });
  },
};
