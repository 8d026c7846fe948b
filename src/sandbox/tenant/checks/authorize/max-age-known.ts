import { badRequest } from '../../oauth-error.ts';
import type { AuthorizeCheck } from './authorize-check.ts';

/** `max_age` is a whole number of seconds, or absent. @see OpenID Connect Core §3.1.2.1 */
export const maxAgeKnown: AuthorizeCheck = ({ parameters }) =>
  /^\d{1,10}$/.test(parameters['max_age'] ?? '0')
    ? undefined
    : badRequest('invalid_request', 'max_age must be a number of seconds.');
