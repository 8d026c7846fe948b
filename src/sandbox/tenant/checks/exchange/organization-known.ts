import { badRequest } from '../../oauth-error.ts';
import type { ExchangeCheck } from './exchange-check.ts';

/** A given organization must exist. @see Auth0, "Custom Token Exchange with Organizations" */
export const organizationKnown: ExchangeCheck = ({ parameters, context }) =>
  parameters['organization'] === undefined ||
  context.directory.organization(parameters['organization'])
    ? undefined
    : badRequest('invalid_request', 'The organization does not exist.');
