import type { Hono } from 'hono';
import { authenticateClient } from '../authenticate-client.ts';
import type { TenantContext, TenantEnv } from '../context.ts';
import { readBody } from '../read-parameters.ts';
import { revokeFamily } from '../sessions/revoke-family.ts';
import { allowOrigin, answerPreflight } from './cors.ts';

/**
 * Revokes a refresh token with its whole family; by default also the sessions that came from it by
 * Native to Web. An unknown token is fine too.
 *
 * @see RFC 7009 §2; Auth0 documentation, "Native to Web SSO", cascade revocation
 */
export const revokeRoute = (app: Hono<TenantEnv>, context: TenantContext): void => {
  app.options('/oauth/revoke', (c) => answerPreflight(c, context));
  app.post('/oauth/revoke', async (c) => {
    const body = await readBody(c);
    const token = body?.['token'];
    if (!body || !token) {
      return c.json({ error: 'invalid_request', error_description: 'Missing token.' }, 400);
    }
    const named = context.directory.clients.get(body['client_id'] ?? '');
    if (named) {
      allowOrigin(c, named);
    }
    const authenticated = await authenticateClient(context, c, body);
    if ('error' in authenticated) {
      const { error, description, status } = authenticated.error;
      return c.json({ error, error_description: description }, status);
    }
    const record = context.memory.refreshTokens.get(token);
    if (record?.clientId === authenticated.client.client_id) {
      revokeFamily(context, record.family);
      context.log.write({
        type: 'srrt',
        client: authenticated.client,
        user: context.directory.users.get(record.userId),
        ip: c.env.ip,
        hostname: c.var.domain.hostname,
      });
    }
    return c.body(null, 200);
  });
};
