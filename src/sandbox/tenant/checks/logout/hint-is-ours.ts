import { badRequest } from '../../oauth-error.ts';
import type { LogoutCheck } from './logout-check.ts';

/** An ID token hint was issued by this tenant; it may have expired. @see RP-Initiated Logout 1.0 §4 */
export const hintIsOurs: LogoutCheck = ({ parameters, hint }) =>
  parameters['id_token_hint'] === undefined || hint
    ? undefined
    : badRequest('invalid_request', 'The id_token_hint is not a token of this tenant.');
