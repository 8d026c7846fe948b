import { badRequest } from '../../oauth-error.ts';
import type { LogoutCheck } from './logout-check.ts';

/** A given `client_id` is one of the tenant's. */
export const clientKnown: LogoutCheck = ({ parameters, client }) =>
  parameters['client_id'] === undefined || client
    ? undefined
    : badRequest('invalid_request', 'Unknown client.');
