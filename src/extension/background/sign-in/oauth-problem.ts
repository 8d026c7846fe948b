import * as oauth from 'oauth4webapi';
import type { ProblemReport } from '../../messages/wire/problem.ts';
import type { Network } from '../backend/backend-http.ts';

const OAUTH_ERROR = /^[\w.-]{1,60}$/;

const oauthErrorOf = (error: unknown): string | undefined => {
  const code =
    error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError
      ? error.error
      : undefined;
  return code !== undefined && OAUTH_ERROR.test(code) ? code : undefined;
};

/**
 * Says what a failed request to the issuer means for the agent: a refused grant ends the sign-in, an
 * error answer is named by its code, and anything else is an issuer that does not answer properly.
 * @see RFC 6749 §5.2
 */
export const oauthProblem = (error: unknown, network: Network): ProblemReport => {
  const oauthError = oauthErrorOf(error);
  if (oauthError === 'invalid_grant') {
    return { source: 'extension', code: 'session_expired' };
  }
  if (oauthError !== undefined) {
    return { source: 'extension', code: 'sign_in_failed', oauthError };
  }
  if (
    error instanceof oauth.OperationProcessingError ||
    error instanceof oauth.UnsupportedOperationError
  ) {
    return { source: 'extension', code: 'sign_in_failed' };
  }
  return {
    source: 'extension',
    code: network.isOnline() ? 'issuer_unreachable' : 'offline',
  };
};
