import type { TenantContext } from '../../context.ts';
import type { Actor, TenantClient, TenantUser } from '../../model.ts';
import { badRequest, type OAuthError } from '../../oauth-error.ts';
import { multifactorNeeded } from '../interaction/multifactor-needed.ts';

/** An actor cannot give somebody else's second factor. @see Auth0, "Session Delegation", limitations */
export const multifactorNotRequired = (
  context: TenantContext,
  client: TenantClient,
  user: TenantUser,
  actor: Actor | undefined,
): OAuthError | undefined =>
  actor && multifactorNeeded({ context, client, user, methods: [] })
    ? badRequest(
        context.choices.multifactorAtExchangeCode,
        'MFA is not supported using actor_token with the requested token exchange profile.',
        'multifactor-required',
      )
    : undefined;
