import type { Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../context.ts';

/** Discovery and keys, the same keys on every domain, readable from any origin. @see OpenID Connect Discovery §3 */
export const discoveryRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  app.use('/.well-known/*', async (c, next) => {
    await next();
    c.header('Access-Control-Allow-Origin', '*');
  });
  app.options('/.well-known/*', (c) => {
    c.header('Access-Control-Allow-Methods', 'GET');
    const headers = c.req.header('access-control-request-headers');
    if (headers) {
      c.header('Access-Control-Allow-Headers', headers);
    }
    return c.body(null, 204);
  });
  app.get('/.well-known/openid-configuration', (c) => {
    const { origin, issuer } = c.var.domain;
    return c.json({
      issuer,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/oauth/token`,
      userinfo_endpoint: `${origin}/userinfo`,
      revocation_endpoint: `${origin}/oauth/revoke`,
      end_session_endpoint: `${origin}/oidc/logout`,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      jwks_uri: `${origin}/.well-known/jwks.json`,
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'web_message'],
      code_challenge_methods_supported: ['S256'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: [
        'client_secret_basic',
        'client_secret_post',
        'private_key_jwt',
        'none',
      ],
      token_endpoint_auth_signing_alg_values_supported: ['RS256', 'RS384', 'PS256'],
      grant_types_supported: [
        'authorization_code',
        'refresh_token',
        'client_credentials',
        'urn:ietf:params:oauth:grant-type:token-exchange',
      ],
      request_uri_parameter_supported: false,
      request_parameter_supported: false,
    });
  });
  app.get('/.well-known/jwks.json', (c) => c.json(context.signer.jwks));
};
