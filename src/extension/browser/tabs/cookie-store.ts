/**
 * Where cookies are kept apart: `default`, `private`, or a container by the id that Firefox gave it. All
 * private windows of a browser share one store.
 */
export type CookieStore = string;

export const DEFAULT_STORE: CookieStore = 'default';
export const PRIVATE_STORE: CookieStore = 'private';

/** `cookieStoreId` is Firefox's alone. */
type TabWithStore = { readonly incognito: boolean; readonly cookieStoreId?: string };

/** Gives the cookie store that a tab uses. */
export const storeOfTab = ({ incognito, cookieStoreId = '' }: TabWithStore): CookieStore => {
  if (incognito) {
    return PRIVATE_STORE;
  }
  return cookieStoreId.startsWith('firefox-container-') ? cookieStoreId : DEFAULT_STORE;
};
