import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import type { TenantContext, TenantEnv } from './context.ts';
import type { TenantClient } from './model.ts';
import { badRequest, type OAuthError } from './oauth-error.ts';
import { acceptAssertion } from './tokens/client-assertion.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

type Authenticated = {
  client: TenantClient;
  by: 'none' | 'client_secret' | 'private_key_jwt';
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const fromBasic = (header: string): { id: string; secret: string } | undefined => {
  const [scheme, encoded] = header.split(' ', 2);
  if (scheme?.toLowerCase() !== 'basic' || !encoded) {
    return undefined;
  }
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) {
    return undefined;
  }
  const decode = (part: string) => decodeURIComponent(part.replaceAll('+', ' '));
  try {
    return { id: decode(text.slice(0, colon)), secret: decode(text.slice(colon + 1)) };
  } catch {
    return undefined;
  }
};

/**
 * Tells which client is calling the token or revocation endpoint. Secrets come as
 * client_secret_post or client_secret_basic, either for every client with a secret; a client with
 * keys signs an assertion and has no secret that counts; a public client only names itself and may
 * not send a secret. Also tells by what the client was authenticated.
 *
 * @see RFC 6749 §2.3.1; RFC 7523 §2.2
 */
export const authenticateClient = async (
  context: TenantContext,
  c: Context<TenantEnv>,
  body: Record<string, string>,
): Promise<Authenticated | { error: OAuthError }> => {
  const authorization = c.req.header('authorization');
  const basic = authorization === undefined ? undefined : fromBasic(authorization);
  if (authorization !== undefined && !basic) {
    return unauthorized(context);
  }
  const hasAssertion = 'client_assertion' in body || 'client_assertion_type' in body;
  const ways = [basic !== undefined, 'client_secret' in body, hasAssertion];
  if (ways.filter(Boolean).length > 1) {
    return { error: badRequest('invalid_request', 'Use one way to authenticate the client.') };
  }
  return hasAssertion
    ? bySignature(context, c.var.domain.issuer, body)
    : bySecret(context, basic?.id ?? body['client_id'], basic?.secret ?? body['client_secret']);
};

const bySecret = (
  context: TenantContext,
  id: string | undefined,
  secret: string | undefined,
): Authenticated | { error: OAuthError } => {
  if (!id) {
    return { error: badRequest('invalid_request', 'Missing required parameter: client_id') };
  }
  const client = context.directory.clients.get(id);
  if (!client || client.client_authentication_methods) {
    return unauthorized(context);
  }
  if (client.token_endpoint_auth_method === 'none') {
    return secret === undefined ? { client, by: 'none' } : unauthorized(context);
  }
  const expected = client.client_secret;
  const matches =
    secret !== undefined &&
    expected !== undefined &&
    timingSafeEqual(digest(secret), digest(expected));
  return matches ? { client, by: 'client_secret' } : unauthorized(context);
};

const bySignature = async (
  context: TenantContext,
  issuer: string,
  body: Record<string, string>,
): Promise<Authenticated | { error: OAuthError }> => {
  const { client_assertion, client_assertion_type, client_id } = body;
  if (client_assertion_type !== ASSERTION_TYPE || !client_assertion) {
    return {
      error: badRequest('invalid_request', 'A client assertion takes a JWT and its type.'),
    };
  }
  const accepted = await acceptAssertion(context, {
    assertion: client_assertion,
    issuer,
    clientId: client_id,
  });
  return 'wrong' in accepted
    ? unauthorized(context, accepted.wrong)
    : { client: accepted.client, by: 'private_key_jwt' };
};

const unauthorized = (
  context: TenantContext,
  description = 'Unauthorized',
): { error: OAuthError } => ({
  error: { error: context.choices.failedClientAuthenticationCode, description, status: 401 },
});
