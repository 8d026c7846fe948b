import type { LaunchEvent } from '../../../../contract/launch-request.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';

type Seen = NonNullable<LaunchEvent['seen']>;

/**
 * What a launch's tab shows: the app itself, an OAuth error that the app was given, a page where no
 * login goes on by itself, or something on the way. Only an origin and an error code are kept of it.
 */
export type TabPage =
  | { readonly kind: 'landed' }
  | { readonly kind: 'error' | 'away' | 'on_the_way'; readonly seen?: Seen };

const OAUTH_ERROR = /^[a-z_]{1,40}$/;
const CALLBACK = /(?:^|\/)callback\/?$/;

const errorIn = (url: URL): { error?: string } => {
  const error = url.searchParams.get('error') ?? '';
  return OAUTH_ERROR.test(error) ? { error } : {};
};

/** Tells whether a page of the app is one that a login passes through: its login address, or an OAuth answer. */
const isPartOfLogin = (url: URL, app: Pick<TargetApp, 'loginUrl'>): boolean => {
  const login = new URL(app.loginUrl);
  const isLogin =
    url.origin === login.origin && url.pathname === login.pathname && login.pathname !== '/';
  const isDelivery = url.searchParams.has('session_transfer_token');
  return isLogin || isDelivery || url.searchParams.has('code') || CALLBACK.test(url.pathname);
};

/**
 * Says what a tab at this address shows. An address that the browser keeps from us is not the app's:
 * access to the app's own origins is what makes anybody look.
 */
export const pageInTab = (
  href: string | undefined,
  app: Pick<TargetApp, 'origins' | 'loginUrl'>,
): TabPage => {
  if (href === undefined) {
    return { kind: 'away' };
  }
  const url = URL.parse(href);
  if (!url || !/^https?:$/.test(url.protocol)) {
    return { kind: 'on_the_way' };
  }
  const seen = { origin: url.origin };
  if (!app.origins.includes(url.origin)) {
    return { kind: 'away', seen };
  }
  if (url.searchParams.has('error')) {
    return { kind: 'error', seen: { ...seen, ...errorIn(url) } };
  }
  return isPartOfLogin(url, app) ? { kind: 'on_the_way', seen } : { kind: 'landed' };
};
