import type { JWTPayload } from 'jose';
import type { TenantContext } from '../../context.ts';
import type { TenantClient } from '../../model.ts';
import type { OAuthError } from '../../oauth-error.ts';

/** A request to `/oidc/logout` whose ID token hint has been read. */
export type LogoutRequest = {
  context: TenantContext;
  parameters: Record<string, string>;
  /** Claims of the hint, expired or not; undefined when it is absent or not ours. */
  hint: JWTPayload | undefined;
  /** The client that `client_id` names, or else the hint's audience. */
  client: TenantClient | undefined;
};

/** One rule of `/oidc/logout`; who breaks it sees an error page and stays signed in. */
export type LogoutCheck = (request: LogoutRequest) => OAuthError | undefined;
