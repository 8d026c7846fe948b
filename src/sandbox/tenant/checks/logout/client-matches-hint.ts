import { badRequest } from '../../oauth-error.ts';
import type { LogoutCheck } from './logout-check.ts';

/** `client_id` and the audience of the hint are the same. @see Auth0, "OIDC Logout", remarks */
export const clientMatchesHint: LogoutCheck = ({ parameters, hint }) => {
  const clientId = parameters['client_id'];
  if (clientId === undefined || !hint) {
    return undefined;
  }
  return [hint.aud ?? []].flat().includes(clientId)
    ? undefined
    : badRequest('invalid_request', 'The client_id is not the audience of the id_token_hint.');
};
