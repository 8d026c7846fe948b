import { badRequest } from '../../oauth-error.ts';
import type { ExchangeCheck } from './exchange-check.ts';

/** The only type whose token Auth0 verifies itself. @see Auth0, "Session Delegation" */
const ID_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:id_token';

/** The actor is proven by an ID token of this tenant. @see RFC 8693 §3 */
export const actorTokenTypeKnown: ExchangeCheck = ({ parameters }) =>
  parameters['actor_token_type'] === undefined || parameters['actor_token_type'] === ID_TOKEN_TYPE
    ? undefined
    : badRequest('invalid_request', 'The actor_token_type is not supported.');
