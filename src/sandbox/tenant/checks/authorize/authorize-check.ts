import type { TenantContext } from '../../context.ts';
import type { OAuthError } from '../../oauth-error.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** One rule of `/authorize`; gives the error that goes back to the client's redirect URI. */
export type AuthorizeCheck = (
  request: AuthorizationRequest,
  context: TenantContext,
) => OAuthError | undefined;
