import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { TenantContext, TenantEnv } from '../context.ts';
import type { Session } from '../memory.ts';

const ORDINARY_COOKIE_AGE_IN_SECONDS = 3 * 24 * 60 * 60;

/** Browsers accept `Secure` from `http://*.localhost`; the compat twin is for clients that do not. */
const crossSite = { httpOnly: true, secure: true, sameSite: 'None', path: '/' } as const;
const compat = { httpOnly: true, path: '/' } as const;

/** The live session of this browser on the request's own domain. */
export const currentSession = (
  context: TenantContext,
  c: Context<TenantEnv>,
): Session | undefined => {
  for (const name of ['auth0', 'auth0_compat']) {
    const cookie = getCookie(c, name);
    const session = cookie === undefined ? undefined : context.memory.sessions.get(cookie);
    if (session && session.origin === c.var.domain.origin && session.expiresAt > context.clock()) {
      return session;
    }
  }
  return undefined;
};

/** Puts a session into the browser; a delegated one is gone when the browser closes. */
export const setSessionCookies = (c: Context<TenantEnv>, session: Session): void => {
  const age = session.actor ? {} : { maxAge: ORDINARY_COOKIE_AGE_IN_SECONDS };
  setCookie(c, 'auth0', session.cookie, { ...crossSite, ...age });
  setCookie(c, 'auth0_compat', session.cookie, { ...compat, ...age });
};

/** Takes the session out of the browser. */
export const clearSessionCookies = (c: Context<TenantEnv>): void => {
  deleteCookie(c, 'auth0', crossSite);
  deleteCookie(c, 'auth0_compat', compat);
};

/** The browser's device id, which exists before any login and says nothing about a session. */
export const deviceOf = (c: Context<TenantEnv>): string | undefined =>
  getCookie(c, 'did') ?? getCookie(c, 'did_compat');

/** Gives the browser a device id when it has none. */
export const ensureDevice = (context: TenantContext, c: Context<TenantEnv>): string => {
  const known = deviceOf(c);
  if (known) {
    return known;
  }
  const device = context.randomToken(16);
  const age = { maxAge: 365 * 24 * 60 * 60 };
  setCookie(c, 'did', device, { ...crossSite, ...age });
  setCookie(c, 'did_compat', device, { ...compat, ...age });
  return device;
};
