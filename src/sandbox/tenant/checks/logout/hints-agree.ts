import { badRequest } from '../../oauth-error.ts';
import type { LogoutCheck } from './logout-check.ts';

/** `logout_hint` is the `sid` of the ID token hint. @see Auth0, "OIDC Logout", remarks */
export const hintsAgree: LogoutCheck = ({ parameters, hint }) => {
  const logoutHint = parameters['logout_hint'];
  if (logoutHint === undefined || !hint) {
    return undefined;
  }
  return hint['sid'] === logoutHint
    ? undefined
    : badRequest('invalid_request', 'The logout_hint is not the sid of the id_token_hint.');
};
