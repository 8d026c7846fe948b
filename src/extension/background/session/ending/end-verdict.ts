import type { CookieStore } from '../../../browser/tabs/cookie-store.ts';
import type { LoginCookies } from '../../../browser/tabs/login-cookies.ts';
import type { EndVerdict } from '../../../messages/launch/launch-status.ts';
import { openInOf } from '../cookie-stores.ts';

/** What was looked at, before it is summed up. */
type Checks = Pick<EndVerdict, 'tenant' | 'browser'>;

const resultOf = ({ tenant, browser }: Checks): EndVerdict['result'] => {
  if (tenant === 'still_there' || browser === 'still_signed_in') {
    return 'still_signed_in';
  }
  if (tenant === 'pending') {
    return 'pending';
  }
  return tenant === 'gone' || browser === 'signed_out' ? 'signed_out' : 'not_checked';
};

/** Says whether the end of a session is verified. Nothing else in the worker or in a view decides this. */
export const endVerdict = ({ tenant, browser }: Checks): EndVerdict => ({
  tenant,
  browser,
  result: resultOf({ tenant, browser }),
});

/**
 * Tells whether a session that was ended may still be in the way of the next one: this browser was not
 * reached, or is still signed in. Even when the tenant's session is gone, the app's own session may go on there.
 */
export const isStillInTheWay = ({ browser }: EndVerdict): boolean =>
  browser === 'not_reached' || browser === 'still_signed_in';

/** What was done to sign a cookie store out. */
type SignOutDone = {
  /** A tab went to the logout pages. */
  readonly reached: boolean;
  /** The container was removed, with every cookie in it. */
  readonly containerRemoved: boolean;
};

/** Looks whether a cookie store is signed out of a login domain, an origin, as far as the agent allows it. */
export const createBrowserCheck =
  (cookies: LoginCookies) =>
  async (
    loginDomain: string,
    cookieStore: CookieStore,
    { reached, containerRemoved }: SignOutDone,
  ): Promise<EndVerdict['browser']> => {
    if (openInOf(cookieStore) === 'container') {
      return containerRemoved ? 'signed_out' : 'still_signed_in';
    }
    await cookies.remove(loginDomain, cookieStore);
    const present = await cookies.present(loginDomain, cookieStore);
    if (present === undefined) {
      return reached ? 'not_seen' : 'not_reached';
    }
    return present ? 'still_signed_in' : 'signed_out';
  };
export type BrowserCheck = ReturnType<typeof createBrowserCheck>;
