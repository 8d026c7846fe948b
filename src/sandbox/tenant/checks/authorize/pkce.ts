import { badRequest } from '../../oauth-error.ts';
import type { AuthorizeCheck } from './authorize-check.ts';

/** A public client proves its code with S256; a given challenge is always S256. @see RFC 7636 §4.3 */
export const pkce: AuthorizeCheck = ({ parameters, client }) => {
  const challenge = parameters['code_challenge'];
  if (challenge === undefined) {
    return client.token_endpoint_auth_method === 'none'
      ? badRequest('invalid_request', 'Missing required parameter: code_challenge')
      : undefined;
  }
  if (parameters['code_challenge_method'] !== 'S256') {
    return badRequest('invalid_request', 'Use code_challenge_method=S256.');
  }
  return /^[A-Za-z0-9_-]{43}$/.test(challenge)
    ? undefined
    : badRequest('invalid_request', 'The code_challenge is malformed.');
};
