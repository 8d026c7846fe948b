import { createHash, timingSafeEqual } from 'node:crypto';
import type { TenantContext } from './context.ts';
import type { TenantClient } from './model.ts';
import { badRequest, type OAuthError } from './oauth-error.ts';

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
 * client_secret_post or client_secret_basic, either for every confidential client; a public client
 * only names itself and may not send a secret. Also tells by what the client was authenticated.
 *
 * @see RFC 6749 §2.3.1
 */
export const authenticateClient = (
  context: TenantContext,
  authorization: string | undefined,
  body: Record<string, string>,
): { client: TenantClient; by: 'none' | 'client_secret' } | { error: OAuthError } => {
  const basic = authorization === undefined ? undefined : fromBasic(authorization);
  if (authorization !== undefined && !basic) {
    return unauthorized(context);
  }
  if (basic && body['client_secret'] !== undefined) {
    return { error: badRequest('invalid_request', 'Use one way to authenticate the client.') };
  }
  const id = basic?.id ?? body['client_id'];
  if (!id) {
    return { error: badRequest('invalid_request', 'Missing required parameter: client_id') };
  }
  const client = context.directory.clients.get(id);
  if (!client) {
    return unauthorized(context);
  }
  const secret = basic?.secret ?? body['client_secret'];
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

const unauthorized = (context: TenantContext): { error: OAuthError } => ({
  error: {
    error: context.choices.failedClientAuthenticationCode,
    description: 'Unauthorized',
    status: 401,
  },
});
