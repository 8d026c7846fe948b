import type { Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { actionVersionRoutes } from './actions/action-versions.ts';
import { actionRoutes } from './actions/actions.ts';
import { tokenExchangeProfileRoutes } from './actions/token-exchange-profiles.ts';
import { triggerRoutes } from './actions/triggers.ts';
import { clientRoutes } from './clients.ts';
import { connectionRoutes } from './connections.ts';
import { logRoutes } from './logs.ts';
import { organizationConnectionRoutes } from './organization-connections.ts';
import { organizationMemberRoutes } from './organization-members.ts';
import { organizationRoutes } from './organizations.ts';
import { attackProtectionRoutes } from './protection/attack-protection.ts';
import { guardianPolicyRoutes } from './protection/guardian-policies.ts';
import { sessionRoutes } from './sessions.ts';
import { userRoutes } from './users.ts';

/** The part of Auth0's Management API that Understudy and its tests use. */
export const managementRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  clientRoutes(app, context);
  connectionRoutes(app, context);
  organizationRoutes(app, context);
  organizationMemberRoutes(app, context);
  organizationConnectionRoutes(app, context);
  userRoutes(app, context);
  sessionRoutes(app, context);
  logRoutes(app, context);
  actionRoutes(app, context);
  actionVersionRoutes(app, context);
  triggerRoutes(app, context);
  tokenExchangeProfileRoutes(app, context);
  attackProtectionRoutes(app, context);
  guardianPolicyRoutes(app, context);
};
