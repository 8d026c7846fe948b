import type { TenantUser } from '../../model.ts';
import { badRequest, type OAuthError } from '../../oauth-error.ts';
import { ownIssuers } from '../../tokens/issue-tokens.ts';
import type { ExchangeRequest } from './exchange-check.ts';

const nestingDepth = (act: unknown): number =>
  typeof act === 'object' && act !== null ? 1 + nestingDepth((act as { act?: unknown }).act) : 0;

/**
 * The user behind the actor token: signed RS256 or PS256 by this tenant, unexpired, of a known
 * issuer, with at most one nested actor, and of a user who exists and is not blocked. Like Auth0 it
 * does not look at `aud`: that is left to the Action.
 *
 * @see Auth0 documentation, "Session Delegation", actor tokens
 */
export const verifyActorToken = async (
  request: ExchangeRequest,
): Promise<{ user: TenantUser | undefined } | { error: OAuthError }> => {
  const { context, caller, parameters } = request;
  const token = parameters['actor_token'];
  if (token === undefined) {
    return { user: undefined };
  }
  const issuers =
    context.choices.actorTokenIssuer === 'domain_of_the_request'
      ? [caller.domain.issuer]
      : ownIssuers(context);
  const refuse = (description: string) => ({
    error: badRequest(context.choices.invalidActorTokenCode, description),
  });
  const claims = await context.signer.verify(token, issuers);
  if (!claims) {
    return refuse('The actor_token is not a valid ID token of this tenant.');
  }
  if (nestingDepth(claims['act']) > 1) {
    return refuse('The actor_token nests too many actors.');
  }
  const user = claims.sub === undefined ? undefined : context.directory.users.get(claims.sub);
  if (!user || user.blocked === true) {
    return refuse('The actor does not exist or is blocked.');
  }
  return { user };
};
