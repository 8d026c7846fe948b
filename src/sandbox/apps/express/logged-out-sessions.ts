import type { ConfigParams } from 'express-openid-connect';

type BackchannelLogout = Exclude<NonNullable<ConfigParams['backchannelLogout']>, boolean>;

const keyOf = ({ iss, sid }: { iss?: unknown; sid?: unknown }): string => `${iss}|${sid}`;

/**
 * Back-channel logout that ends the one session that the token names, remembered in memory. The
 * SDK's own hooks also remember the `sub`: the customer would be signed out of the app whenever an
 * agent's session as them ends.
 *
 * @see express-openid-connect, `BackchannelLogoutOptions`
 */
export const endOnlyTheNamedSession = (): BackchannelLogout => {
  const loggedOut = new Set<string>();
  return {
    onLogin: false,
    onLogoutToken: (token) => {
      if (!('sid' in token)) {
        throw new Error('The logout token names no session.');
      }
      loggedOut.add(keyOf(token));
    },
    isLoggedOut: (request) => loggedOut.has(keyOf(request.oidc.idTokenClaims ?? {})),
  };
};
