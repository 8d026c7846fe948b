import { badRequest } from '../../oauth-error.ts';
import type { ExchangeCheck } from './exchange-check.ts';

/** `actor_token` comes with `actor_token_type` and never alone, nor the other way. @see RFC 8693 §2.1 */
export const actorTokenIsPaired: ExchangeCheck = ({ parameters }) =>
  (parameters['actor_token'] === undefined) === (parameters['actor_token_type'] === undefined)
    ? undefined
    : badRequest('invalid_request', 'actor_token and actor_token_type are required together.');
