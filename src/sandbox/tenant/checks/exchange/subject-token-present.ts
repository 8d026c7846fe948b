import { badRequest } from '../../oauth-error.ts';
import type { ExchangeCheck } from './exchange-check.ts';

/** `subject_token` and `subject_token_type` are required. @see RFC 8693 §2.1 */
export const subjectTokenPresent: ExchangeCheck = ({ parameters }) => {
  for (const name of ['subject_token', 'subject_token_type']) {
    if (!parameters[name]?.trim()) {
      return badRequest('invalid_request', `Missing required parameter: ${name}`);
    }
  }
  return undefined;
};
