import type { Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';

const policies = z.array(z.enum(['all-applications', 'confidence-score'])).max(1);

/** Who is asked for a second factor. @see Auth0 Management API v2, `guardian/policies` */
export const guardianPolicyRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { data } = context.directory;
  const path = '/api/v2/guardian/policies';
  app.get(path, requireScope(context, 'read:mfa_policies'), (c) => c.json(data.guardianPolicies));
  app.put(path, requireScope(context, 'update:mfa_policies'), async (c) => {
    const read = await readPayload(c, policies);
    if ('refused' in read) {
      return read.refused;
    }
    data.guardianPolicies = read.body;
    return c.json(data.guardianPolicies);
  });
};
