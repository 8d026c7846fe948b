import { badRequest } from '../../oauth-error.ts';
import type { ExchangeCheck } from './exchange-check.ts';

const RESERVED = /^(https?:\/\/(auth0|okta)\.com|urn:(ietf|auth0|okta)(:|$))/i;

/** Types that belong to Auth0, Okta and the IETF have no profile. @see Auth0, "Custom Token Exchange" */
export const subjectTokenTypeAllowed: ExchangeCheck = ({ parameters }) =>
  RESERVED.test(parameters['subject_token_type'] ?? '')
    ? badRequest('invalid_request', 'The subject_token_type is reserved.')
    : undefined;
