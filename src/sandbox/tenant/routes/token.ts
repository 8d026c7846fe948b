import type { Context, Hono } from 'hono';
import { authenticateClient } from '../authenticate-client.ts';
import type { Caller, TenantContext, TenantEnv } from '../context.ts';
import { authorizationCode } from '../grants/authorization-code.ts';
import { clientCredentials } from '../grants/client-credentials.ts';
import type { GrantHandler } from '../grants/grant.ts';
import { refreshToken } from '../grants/refresh-token.ts';
import { tokenExchange } from '../grants/token-exchange.ts';
import type { TenantClient } from '../model.ts';
import { badRequest, type OAuthError } from '../oauth-error.ts';
import { describeCaller, readBody } from '../read-parameters.ts';
import { allowOrigin, answerPreflight } from './cors.ts';

const EXCHANGE_GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';

const handlers: Record<string, GrantHandler> = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  client_credentials: clientCredentials,
  [EXCHANGE_GRANT]: tokenExchange,
};

/**
 * The forwarded address counts only for a client whose setting trusts the header and which was
 * authenticated by its secret: anybody could send the header in a public client's name.
 *
 * @see Auth0 documentation, "Avoid Common Issues with Resource Owner Password Flow and Attack Protection"
 */
const browserIp = (
  c: Context<TenantEnv>,
  { client, by }: { client: TenantClient; by: string },
  caller: Caller,
): string =>
  (client.is_token_endpoint_ip_header_trusted === true && by === 'client_secret'
    ? c.req.header('auth0-forwarded-for')?.trim()
    : undefined) || caller.ip;

const refusal = (c: Context<TenantEnv>, error: OAuthError): Response =>
  c.json({ error: error.error, error_description: error.description }, error.status);

const token = async (c: Context<TenantEnv>, context: TenantContext): Promise<Response> => {
  c.header('Cache-Control', 'no-store');
  c.header('Pragma', 'no-cache');
  const body = await readBody(c);
  if (!body) {
    return refusal(c, badRequest('invalid_request', 'The body is malformed.'));
  }
  const named = context.directory.clients.get(body['client_id'] ?? '');
  if (named) {
    allowOrigin(c, named);
  }
  const authenticated = await authenticateClient(context, c, body);
  if ('error' in authenticated) {
    return refusal(c, authenticated.error);
  }
  const { client } = authenticated;
  const grantType = body['grant_type'] ?? '';
  const handler = Object.hasOwn(handlers, grantType) ? handlers[grantType] : undefined;
  if (!handler) {
    return refusal(c, badRequest('unsupported_grant_type', 'Unsupported grant type.'));
  }
  // A custom token exchange is gated by profiles, not by the client's grant types.
  if (grantType !== EXCHANGE_GRANT && !client.grant_types.includes(grantType)) {
    return refusal(c, badRequest('unauthorized_client', 'Grant type not allowed for the client.'));
  }
  const caller = describeCaller(c);
  const answer = await handler({
    context,
    caller,
    client,
    parameters: body,
    ip: browserIp(c, authenticated, caller),
  });
  return 'error' in answer ? refusal(c, answer.error) : c.json(answer.tokens);
};

/** `/oauth/token` with form and JSON bodies. @see RFC 6749 §3.2 */
export const tokenRoute = (app: Hono<TenantEnv>, context: TenantContext): void => {
  app.options('/oauth/token', (c) => answerPreflight(c, context));
  app.post('/oauth/token', (c) => token(c, context));
};
