import type { MiddlewareHandler } from 'hono';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { managementAudience } from '../../domain.ts';
import { ownIssuers } from '../../tokens/issue-tokens.ts';
import { managementError } from './management-error.ts';

/** Lets a request through whose token is for the Management API and carries all of the scopes. */
export const requireScope =
  (context: TenantContext, ...scopes: string[]): MiddlewareHandler<TenantEnv> =>
  async (c, next) => {
    const token = c.req.header('authorization')?.match(/^Bearer (.+)$/i)?.[1];
    if (!token) {
      return managementError(c, 401, 'Missing authentication');
    }
    const claims = await context.signer.verify(token, ownIssuers(context));
    if (!claims || ![claims.aud].flat().includes(managementAudience(context.domains))) {
      return managementError(c, 401, 'Invalid token');
    }
    const granted = String(claims['scope'] ?? '').split(' ');
    if (!scopes.every((scope) => granted.includes(scope))) {
      return managementError(
        c,
        403,
        `Insufficient scope, expected any of: ${scopes.join(',')}`,
        'insufficient_scope',
      );
    }
    c.set('managementClientId', String(claims['azp']));
    return next();
  };
