import { badRequest } from '../../oauth-error.ts';
import type { AuthorizeCheck } from './authorize-check.ts';

/** A given audience is an API of the tenant. */
export const audienceExists: AuthorizeCheck = ({ parameters }, { directory }) =>
  parameters['audience'] === undefined || directory.resourceServer(parameters['audience'])
    ? undefined
    : badRequest('access_denied', `Service not found: ${parameters['audience']}`);
