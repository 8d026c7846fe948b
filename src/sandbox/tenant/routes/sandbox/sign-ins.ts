import type { Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { managementError } from '../management/management-error.ts';
import { requireScope } from '../management/require-scope.ts';
import { SANDBOX_SCOPE } from './choices.ts';

const change = z.strictObject({
  older_by_seconds: z
    .int()
    .min(1)
    .max(30 * 86_400),
});

/**
 * SANDBOX ONLY: makes every sign-in of the tenant older than it is, in the web sessions and in the grants behind
 * refresh tokens, so that a test of `max_age` need not wait. Tokens that were issued stay as they are.
 */
export const signInRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { sessions, refreshTokens } = context.memory;
  app.patch('/api/v2/sandbox/sign-ins', requireScope(context, SANDBOX_SCOPE), async (c) => {
    const body = change.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) {
      return managementError(c, 400, 'Payload validation error', 'invalid_body');
    }
    const milliseconds = body.data.older_by_seconds * 1000;
    for (const session of sessions.values()) {
      session.createdAt -= milliseconds;
    }
    for (const grant of refreshTokens.values()) {
      grant.authTime -= milliseconds;
    }
    return c.body(null, 204);
  });
};
