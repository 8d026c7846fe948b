import { badRequest } from '../../oauth-error.ts';
import type { ExchangeCheck } from './exchange-check.ts';

/** The type maps to one token exchange profile and so to one Action. @see Auth0, "Custom Token Exchange" */
export const profileExists: ExchangeCheck = ({ parameters, context }) =>
  context.directory.profileOf(parameters['subject_token_type'])
    ? undefined
    : badRequest('invalid_request', 'No token exchange profile has this subject_token_type.');
