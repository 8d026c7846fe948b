import type { TenantContext } from '../context.ts';
import type { SessionTransferToken } from '../memory.ts';
import type { TokenResponse } from '../tokens/issue-tokens.ts';

/** Announced lifetime of a session transfer token, in seconds. @see Auth0, "Native to Web SSO" */
const ANNOUNCED_LIFETIME_IN_SECONDS = 60;

/** `issued_token_type` of a session transfer token. */
const SESSION_TRANSFER_TOKEN_TYPE = 'urn:auth0:params:oauth:token-type:session_transfer_token';

/** Mints a single-use session transfer token and words the response; never carries `act`. */
export const sessionTransferResponse = (
  context: TenantContext,
  record: Omit<SessionTransferToken, 'expiresAt' | 'used'>,
): TokenResponse => {
  const { sessionTransferLifetimeInSeconds, sessionTransferTokensArriveUsed } = context.conditions;
  const token = context.randomToken(32);
  context.memory.sessionTransferTokens.set(token, {
    ...record,
    expiresAt: context.clock() + sessionTransferLifetimeInSeconds * 1000,
    used: sessionTransferTokensArriveUsed,
  });
  return {
    access_token: token,
    issued_token_type: SESSION_TRANSFER_TOKEN_TYPE,
    ...(context.choices.sessionTransferHasTokenType && { token_type: 'N_A' }),
    expires_in: ANNOUNCED_LIFETIME_IN_SECONDS,
  };
};
