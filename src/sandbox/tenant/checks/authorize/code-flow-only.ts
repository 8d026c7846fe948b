import { badRequest } from '../../oauth-error.ts';
import type { AuthorizeCheck } from './authorize-check.ts';

/** Only the code flow exists here; delegation knows no other. @see RFC 6749 §3.1.1 */
export const codeFlowOnly: AuthorizeCheck = ({ parameters, client }) =>
  parameters['response_type'] === 'code' && client.grant_types.includes('authorization_code')
    ? undefined
    : badRequest('unsupported_response_type', 'Use response_type=code.');
