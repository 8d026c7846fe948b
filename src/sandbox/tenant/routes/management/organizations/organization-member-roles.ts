import type { Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import { pageBody, paginate } from '../lists/paginate.ts';
import { managementError } from '../management-error.ts';
import { requireScope } from '../require-scope.ts';
import { unknownOrganization } from './organizations.ts';

const change = z.strictObject({ roles: z.array(z.string()).min(1) });

/** The roles of a member within an organization. @see Auth0 Management API v2, Organizations, member roles */
export const organizationMemberRoleRoutes = (
  app: Hono<TenantEnv>,
  context: TenantContext,
): void => {
  const { directory } = context;
  const path = '/api/v2/organizations/:id/members/:user_id/roles';
  const find = (id: string) =>
    directory.data.organizations.find((candidate) => candidate.id === id);

  app.get(path, requireScope(context, 'read:organization_member_roles'), (c) => {
    const organization = find(c.req.param('id'));
    if (!organization) {
      return unknownOrganization(c);
    }
    const all = directory
      .organizationRolesOf(organization, c.req.param('user_id'))
      .map(({ id, name, description }) => ({ id, name, description }));
    const page = paginate(c, all);
    if (!page) {
      return managementError(c, 400, 'Invalid page.', 'invalid_query_string');
    }
    return c.json(pageBody('roles', page, all.length));
  });

  for (const [method, scope] of [
    ['POST', 'create:organization_member_roles'],
    ['DELETE', 'delete:organization_member_roles'],
  ] as const) {
    app.on(method, path, requireScope(context, scope), async (c) => {
      const organization = find(c.req.param('id') ?? '');
      const userId = c.req.param('user_id') ?? '';
      if (!organization?.members.includes(userId)) {
        return unknownOrganization(c);
      }
      const body = change.safeParse(await c.req.json().catch(() => undefined));
      if (!body.success) {
        return managementError(c, 400, 'Payload validation error', 'invalid_body');
      }
      const held = organization.member_roles?.[userId] ?? [];
      const others = held.filter((id) => !body.data.roles.includes(id));
      organization.member_roles = {
        ...organization.member_roles,
        [userId]: method === 'POST' ? [...others, ...body.data.roles] : others,
      };
      return c.body(null, 204);
    });
  }
};
