import type { Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { requireScope } from '../management/require-scope.ts';
import { type ResetLevers, SANDBOX_SCOPE } from './choices.ts';

/**
 * SANDBOX ONLY: makes choices, conditions, configuration, people and apps as they were at the start.
 * Sessions, tokens and the log stay.
 */
export const resetRoute = (
  app: Hono<TenantEnv>,
  context: TenantContext,
  resetLevers: ResetLevers,
): void => {
  app.post('/api/v2/sandbox/reset', requireScope(context, SANDBOX_SCOPE), async (c) => {
    const { directory, memory, apps } = context;
    resetLevers();
    directory.reset();
    memory.beforeNextRedemption = undefined;
    memory.managementBucket = undefined;
    memory.consents.clear();
    for (const each of Object.values(apps)) {
      await each.setRunning(true);
    }
    return c.body(null, 204);
  });
};
