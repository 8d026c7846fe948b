import { isSecureTransport } from '../../../contract/login-url.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import { loginDomainOrigin } from '../../messages/session/login-domain.ts';

/** The addresses at which a person is signed out of an app and of its login domain (an origin). */
export type SignOutTarget = {
  readonly targetAppId: TargetApp['id'];
  readonly loginDomain: string;
  readonly logoutUrl?: string | undefined;
};

/** The addresses at which an app's sessions are signed out. */
export const signOutTargetOf = (app: TargetApp): SignOutTarget => ({
  targetAppId: app.id,
  loginDomain: loginDomainOrigin(app),
  ...(app.logoutUrl !== undefined && { logoutUrl: app.logoutUrl }),
});

/** The login domain's logout. @see Auth0 "Log Users Out of Auth0" */
export const loginDomainLogoutUrl = ({ targetAppId, loginDomain }: SignOutTarget): string => {
  const url = new URL('/v2/logout', loginDomain);
  url.searchParams.set('client_id', targetAppId);
  return url.href;
};

/** The app's own logout, if it names one on a secure transport. */
export const appLogoutUrl = ({ logoutUrl }: SignOutTarget): string | undefined => {
  const url = logoutUrl === undefined ? null : URL.parse(logoutUrl);
  return url && isSecureTransport(url, true) ? url.href : undefined;
};
