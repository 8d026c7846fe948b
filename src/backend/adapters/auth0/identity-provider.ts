import type { IdentityProvider } from '../../ports/identity-provider.ts';
import { verifyAccessToken } from './agent-tokens/verify-access-token.ts';
import { type ActorTokenRules, verifyActorToken } from './agent-tokens/verify-actor-token.ts';
import { createSessionTransfer, type SessionTransferOptions } from './exchange/session-transfer.ts';

/** Auth0 as identity provider. */
export const createAuth0IdentityProvider = (
  rules: ActorTokenRules,
  sessionTransfer: SessionTransferOptions,
): IdentityProvider => ({
  verifyAccessToken: (token) => verifyAccessToken(token, rules),
  verifyActorToken: (token, agentId) => verifyActorToken(token, agentId, rules),
  prepareExchange: createSessionTransfer(sessionTransfer),
});
