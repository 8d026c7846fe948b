import type { TenantUser } from '../model.ts';

/** Profile claims by scope, for ID tokens and `/userinfo`. @see OpenID Connect Core §5.4 */
export const profileClaims = (
  user: TenantUser,
  scopes: readonly string[],
): Record<string, string | boolean> => ({
  ...(scopes.includes('profile') && {
    name: user.name,
    nickname: user.nickname,
    updated_at: user.updated_at,
  }),
  ...(scopes.includes('email') && { email: user.email, email_verified: user.email_verified }),
});
