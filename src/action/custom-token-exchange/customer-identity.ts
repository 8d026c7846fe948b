import type { TokenExchangeApi } from './event.ts';
import type { SubjectClaims } from './subject-token.ts';

/**
 * Names the customer to Auth0 in the way that fits their account. An Auth0 `user_id` is the provider,
 * `|` and the id of the primary identity, so where the signed identity is the primary one the whole id
 * is used: custom databases with import mode take no other. Where it is a linked one, the customer is
 * named by its connection and the id there.
 * @see Auth0 "Custom Token Exchange Trigger", `setUserById` and `setUserByConnection`
 */
export const setCustomer = (
  authentication: Pick<TokenExchangeApi['authentication'], 'setUserById' | 'setUserByConnection'>,
  { sub, connection, identity_user_id: identityUserId }: SubjectClaims,
): void => {
  if (sub.endsWith(`|${identityUserId}`)) {
    authentication.setUserById(sub);
    return;
  }
  authentication.setUserByConnection(
    connection,
    { user_id: identityUserId },
    { creationBehavior: 'none', updateBehavior: 'none' },
  );
};
