import type { IdentityProvider } from '../../ports/identity-provider.ts';
import { createSessionTransfer, type SessionTransferOptions } from './session-transfer.ts';
import { verifyAccessToken } from './verify-access-token.ts';
import { type ActorTokenRules, verifyActorToken } from './verify-actor-token.ts';

/** Auth0 as identity provider. */
export const createAuth0IdentityProvider = (
  rules: ActorTokenRules,
  sessionTransfer: SessionTransferOptions,
): IdentityProvider => ({
  verifyAccessToken: (token) => verifyAccessToken(token, rules),
  verifyActorToken: (token, agentId) => verifyActorToken(token, agentId, rules),
  prepareExchange: createSessionTransfer(sessionTransfer),
});
