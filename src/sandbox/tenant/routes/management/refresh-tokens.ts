import type { Context, Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../../context.ts';
import type { RefreshToken } from '../../memory.ts';
import { revokeFamily } from '../../sessions/revoke-family.ts';
import { listAnswer } from './lists/list-answer.ts';
import { managementError } from './management-error.ts';
import { requireScope } from './require-scope.ts';

const view = (token: RefreshToken) => ({
  id: token.family,
  user_id: token.userId,
  client_id: token.clientId,
  session_id: token.sessionId,
  rotating: true,
  resource_servers: token.audience
    ? [{ audience: token.audience, scopes: token.scopes.join(' ') }]
    : [],
});

/** Refresh tokens by their ids, never by what a client holds. @see Auth0 Management API v2, Refresh Tokens */
export const refreshTokenRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { memory, directory } = context;
  const one = '/api/v2/refresh-tokens/:id';
  const ofUser = '/api/v2/users/:id/refresh-tokens';
  const live = () => [...memory.refreshTokens.values()].filter(({ replaced }) => !replaced);
  const find = (id: string) => live().find(({ family }) => family === id);
  const unknown = (c: Context<TenantEnv>) =>
    managementError(c, 404, 'The refresh token does not exist.');
  const read = requireScope(context, 'read:refresh_tokens');
  const remove = requireScope(context, 'delete:refresh_tokens');

  app.get(ofUser, read, (c) => {
    const user = directory.users.get(c.req.param('id') ?? '');
    if (!user) {
      return managementError(c, 404, 'The user does not exist.', 'inexistent_user');
    }
    const tokens = live().filter(({ userId }) => userId === user.user_id);
    return listAnswer(c, 'tokens', tokens.map(view), ({ id }) => id);
  });

  app.get(one, read, (c) => {
    const token = find(c.req.param('id') ?? '');
    return token ? c.json(view(token)) : unknown(c);
  });

  app.delete(one, remove, (c) => {
    const token = find(c.req.param('id') ?? '');
    if (!token) {
      return unknown(c);
    }
    revokeFamily(context, token.family);
    return c.body(null, 202);
  });
};
