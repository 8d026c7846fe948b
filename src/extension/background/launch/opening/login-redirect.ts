import type { IssuedLaunch } from '../../../../contract/launch.ts';
import { parseLoginUrl } from '../../../../contract/login-url.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';

/** What is added to an app's login URL. */
type Delivery = Pick<IssuedLaunch, 'sessionTransferToken' | 'organizationId'>;

/**
 * Gives the URL that delivers a session transfer token to an app, or `undefined` when the login URL
 * is not on the app's own origins or not on a secure transport, or when the token or the organization is
 * blank: Auth0 would ignore a blank parameter and let in whoever is signed in. Keeps the login URL's own query.
 * @see Auth0 "Session Delegation", rules for building the redirect
 */
export const buildLoginRedirect = (
  loginUrl: string,
  app: Pick<TargetApp, 'origins' | 'loginUrl'>,
  { sessionTransferToken, organizationId }: Delivery,
  allowInsecureLocalhost: boolean,
): string | undefined => {
  if (sessionTransferToken.trim() === '' || organizationId?.trim() === '') {
    return undefined;
  }
  const url = parseLoginUrl(loginUrl, {
    allowedOrigins: [...app.origins, new URL(app.loginUrl).origin],
    allowInsecureLocalhost,
  });
  if (!url) {
    return undefined;
  }
  url.searchParams.set('session_transfer_token', sessionTransferToken);
  if (organizationId !== undefined) {
    url.searchParams.set('organization', organizationId);
  }
  return url.href;
};
