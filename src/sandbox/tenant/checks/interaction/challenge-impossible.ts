import type { PostLoginSubject } from '../../actions/post-login-event.ts';
import type { TenantContext } from '../../context.ts';
import { badRequest, type OAuthError } from '../../oauth-error.ts';

/**
 * Why nobody can be asked for the second factor that an Action wants: at the token endpoint there is no page, an
 * actor does not have the customer's, and with `prompt=none` nothing may be shown.
 *
 * @see Auth0 documentation, "Customize MFA Enrollments for Universal Login"; "Session Delegation"
 */
export const challengeImpossible = (
  { choices }: Pick<TenantContext, 'choices'>,
  { protocol, session, query, sessionTransferToken }: PostLoginSubject,
): OAuthError | undefined => {
  if (protocol === 'oauth2-refresh-token') {
    const description = 'Multifactor authentication required';
    return { error: 'mfa_required', description, status: 403 };
  }
  if (protocol === 'oauth2-token-exchange') {
    const description = 'MFA is not supported with the requested token exchange profile.';
    return badRequest(choices.multifactorAtExchangeCode, description, 'multifactor-required');
  }
  const isUnattended = session?.actor !== undefined || sessionTransferToken !== undefined;
  return isUnattended || query['prompt'] === 'none'
    ? badRequest('interaction_required', 'Multifactor required', 'multifactor-required')
    : undefined;
};
