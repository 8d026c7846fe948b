import type { Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { choiceRoutes } from './choices.ts';

/** SANDBOX ONLY: the levers by which a test misconfigures or disturbs the tenant over HTTP. */
export const sandboxRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  choiceRoutes(app, context);
};
