import { badRequest } from '../../oauth-error.ts';
import type { AuthorizeCheck } from './authorize-check.ts';

/** `prompt` is `none`, `login` or absent. @see OpenID Connect Core §3.1.2.1 */
export const promptKnown: AuthorizeCheck = ({ parameters }) =>
  [undefined, 'none', 'login'].includes(parameters['prompt'])
    ? undefined
    : badRequest('invalid_request', 'The prompt is not supported.');
