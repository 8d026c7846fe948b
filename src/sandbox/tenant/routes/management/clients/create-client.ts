import type { TenantContext } from '../../../context.ts';
import type { TenantClient } from '../../../model.ts';
import { newId } from '../new-id.ts';

const PUBLIC_TYPES = new Set(['native', 'spa']);

/**
 * A client as asked for, with Auth0's defaults for what was left out: first-party, RS256, and a
 * secret unless it authenticates with a key or in no way.
 *
 * @see Auth0 Management API v2, `POST /clients`
 */
export const createClient = (
  context: TenantContext,
  fields: Partial<TenantClient>,
): TenantClient => {
  const appType = fields.app_type ?? 'regular_web';
  const method = fields.client_authentication_methods
    ? null
    : (fields.token_endpoint_auth_method ??
      (PUBLIC_TYPES.has(appType) ? 'none' : 'client_secret_post'));
  return {
    is_first_party: true,
    oidc_conformant: false,
    grant_types: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
    callbacks: [],
    allowed_logout_urls: [],
    allowed_origins: [],
    web_origins: [],
    ...fields,
    name: fields.name ?? '',
    app_type: appType,
    token_endpoint_auth_method: method,
    jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36_000, ...fields.jwt_configuration },
    client_id: newId(context, ''),
    ...(method !== null && method !== 'none' && { client_secret: context.randomToken(48) }),
  };
};
