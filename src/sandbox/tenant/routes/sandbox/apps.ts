import type { Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { managementError } from '../management/management-error.ts';
import { requireScope } from '../management/require-scope.ts';
import { SANDBOX_SCOPE } from './choices.ts';

const change = z.strictObject({ running: z.boolean() });

/**
 * SANDBOX ONLY: stops a target app, so that its address refuses connections, and starts it again.
 */
export const appRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  app.patch('/api/v2/sandbox/apps/:id', requireScope(context, SANDBOX_SCOPE), async (c) => {
    const clientId = c.req.param('id');
    const target = Object.hasOwn(context.apps, clientId) ? context.apps[clientId] : undefined;
    if (!target) {
      return managementError(c, 404, 'The sandbox has no such app.');
    }
    const body = change.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) {
      return managementError(c, 400, 'Payload validation error', 'invalid_body');
    }
    await target.setRunning(body.data.running);
    return c.json({ client_id: clientId, running: target.isRunning() });
  });
};
