import type { Context, Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../context.ts';
import { ownIssuers } from '../tokens/issue-tokens.ts';
import { profileClaims } from '../tokens/profile-claims.ts';

const holderOf = async (
  context: TenantContext,
  token: string,
): Promise<{ userId: string; scopes: string[] } | undefined> => {
  const opaque = context.memory.opaqueAccessTokens.get(token);
  if (opaque) {
    return opaque.expiresAt > context.clock() ? opaque : undefined;
  }
  const claims = await context.signer.verify(token, ownIssuers(context));
  const audiences = [claims?.aud ?? []].flat();
  if (!claims?.sub || !audiences.includes(`${claims.iss}userinfo`)) {
    return undefined;
  }
  return { userId: claims.sub, scopes: String(claims['scope'] ?? '').split(' ') };
};

/** Profile claims of an access token that was asked for with `openid`. @see OpenID Connect Core §5.3 */
export const userinfoRoute = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const answer = async (c: Context<TenantEnv>) => {
    c.header('Access-Control-Allow-Origin', '*');
    const token = c.req.header('authorization')?.match(/^Bearer (.+)$/i)?.[1] ?? '';
    const holder = await holderOf(context, token);
    const user = holder && context.directory.users.get(holder.userId);
    if (!holder || !user) {
      c.header('WWW-Authenticate', 'Bearer error="invalid_token"');
      return c.json({ error: 'invalid_token' }, 401);
    }
    return c.json({ sub: user.user_id, ...profileClaims(user, holder.scopes) });
  };
  app.options('/userinfo', (c) => {
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Access-Control-Allow-Headers', 'authorization');
    return c.body(null, 204);
  });
  app.get('/userinfo', answer);
  app.post('/userinfo', answer);
};
