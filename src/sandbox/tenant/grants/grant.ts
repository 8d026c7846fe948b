import type { Caller, TenantContext } from '../context.ts';
import type { TenantClient } from '../model.ts';
import type { OAuthError } from '../oauth-error.ts';
import type { TokenResponse } from '../tokens/issue-tokens.ts';

/** A token request whose client has been authenticated. */
export type GrantRequest = {
  context: TenantContext;
  caller: Caller;
  client: TenantClient;
  parameters: Record<string, string>;
  /** The trusted forwarded address, or the socket's. */
  ip: string;
};

export type GrantAnswer = { tokens: TokenResponse } | { error: OAuthError };

/** Answers one grant type. */
export type GrantHandler = (request: GrantRequest) => Promise<GrantAnswer>;

/** `invalid_grant` in the status that this tenant uses for it. @see RFC 6749 §5.2 */
export const invalidGrant = (
  context: TenantContext,
  description: string,
): { error: OAuthError } => ({
  error: { error: 'invalid_grant', description, status: context.choices.invalidGrantStatus },
});
