import type { Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { appRoutes } from './apps.ts';
import { beforeNextRedemptionRoutes } from './before-next-redemption.ts';
import { choiceRoutes } from './choices.ts';
import { resetRoute } from './reset.ts';
import { signInRoutes } from './sign-ins.ts';

/** SANDBOX ONLY: the levers by which a test misconfigures or disturbs the tenant over HTTP. */
export const sandboxRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const resetLevers = choiceRoutes(app, context);
  beforeNextRedemptionRoutes(app, context);
  appRoutes(app, context);
  signInRoutes(app, context);
  resetRoute(app, context, resetLevers);
};
