import type { Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../context.ts';
import type { TenantOrganization } from '../../model.ts';
import { managementError } from './management-error.ts';
import { pageBody, paginate } from './paginate.ts';
import { requireScope } from './require-scope.ts';

const view = ({ id, name, display_name, metadata }: TenantOrganization) => ({
  id,
  name,
  display_name,
  metadata,
});
const members = z.strictObject({ members: z.array(z.string()).min(1) });

/** Organizations, and who belongs to them. @see Auth0 Management API v2, Organizations */
export const organizationRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { data } = context.directory;
  const find = (id: string) => data.organizations.find((candidate) => candidate.id === id);

  app.get('/api/v2/organizations', requireScope(context, 'read:organizations'), (c) => {
    const page = paginate(c, data.organizations.map(view));
    if (!page) return managementError(c, 400, 'Invalid page.', 'invalid_query_string');
    return c.json(pageBody('organizations', page, data.organizations.length));
  });

  app.get('/api/v2/organizations/:id', requireScope(context, 'read:organizations'), (c) => {
    const organization = find(c.req.param('id'));
    return organization
      ? c.json(view(organization))
      : managementError(c, 404, 'No organization found by that id', 'inexistent_organization');
  });

  const path = '/api/v2/organizations/:id/members';
  const change = requireScope(context, 'update:organizations');
  app.on(['POST', 'DELETE'], path, change, async (c) => {
    const organization = find(c.req.param('id') ?? '');
    if (!organization) {
      return managementError(c, 404, 'No organization found by that id', 'inexistent_organization');
    }
    const body = members.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return managementError(c, 400, 'Payload validation error', 'invalid_body');
    const others = organization.members.filter((id) => !body.data.members.includes(id));
    organization.members = c.req.method === 'POST' ? [...others, ...body.data.members] : others;
    return c.body(null, 204);
  });
};
