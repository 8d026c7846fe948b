import { isSecureTransport } from '../../../contract/login-url.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import { loginDomainOrigin } from '../../messages/login-domain.ts';

/** The login domain's logout. @see Auth0 "Log Users Out of Auth0" */
export const loginDomainLogoutUrl = (app: TargetApp): string => {
  const url = new URL('/v2/logout', loginDomainOrigin(app));
  url.searchParams.set('client_id', app.id);
  return url.href;
};

/** The app's own logout, if it names one on a secure transport. */
export const appLogoutUrl = (app: TargetApp): string | undefined => {
  const url = app.logoutUrl === undefined ? null : URL.parse(app.logoutUrl);
  return url && isSecureTransport(url, true) ? url.href : undefined;
};
