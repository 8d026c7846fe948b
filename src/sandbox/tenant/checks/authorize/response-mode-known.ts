import { badRequest } from '../../oauth-error.ts';
import type { AuthorizeCheck } from './authorize-check.ts';

/** `query`, or `web_message` for the hidden frame of a single page app. */
export const responseModeKnown: AuthorizeCheck = ({ parameters }) =>
  ['query', 'web_message'].includes(parameters['response_mode'] ?? 'query')
    ? undefined
    : badRequest('invalid_request', 'The response_mode is not supported.');
