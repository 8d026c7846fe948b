import type { Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import { cutFromCheckpoint } from '../lists/checkpoint.ts';
import { pageBody, paginate } from '../lists/paginate.ts';
import { managementError } from '../management-error.ts';
import { requireScope } from '../require-scope.ts';
import { unknownOrganization } from './organizations.ts';

const change = z.strictObject({ members: z.array(z.string()).min(1) });

/** Who belongs to an organization. @see Auth0 Management API v2, Organizations, members */
export const organizationMemberRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { data, users } = context.directory;
  const path = '/api/v2/organizations/:id/members';
  const find = (id: string) => data.organizations.find((candidate) => candidate.id === id);

  app.get(path, requireScope(context, 'read:organization_members'), (c) => {
    const organization = find(c.req.param('id'));
    if (!organization) {
      return unknownOrganization(c);
    }
    const members = organization.members.flatMap((userId) => {
      const user = users.get(userId);
      return user ? [{ user_id: user.user_id, name: user.name, email: user.email }] : [];
    });
    if (c.req.query('take') !== undefined || c.req.query('from') !== undefined) {
      const part = cutFromCheckpoint(c, members, ({ user_id }) => user_id);
      if (!part) {
        return managementError(c, 400, 'Invalid from or take.', 'invalid_query_string');
      }
      const { items, ...rest } = part;
      return c.json({ members: items, ...rest });
    }
    const page = paginate(c, members);
    if (!page) {
      return managementError(c, 400, 'Invalid page.', 'invalid_query_string');
    }
    return c.json(pageBody('members', page, members.length));
  });

  for (const [method, scope] of [
    ['POST', 'create:organization_members'],
    ['DELETE', 'delete:organization_members'],
  ] as const) {
    app.on(method, path, requireScope(context, scope), async (c) => {
      const organization = find(c.req.param('id') ?? '');
      if (!organization) {
        return unknownOrganization(c);
      }
      const body = change.safeParse(await c.req.json().catch(() => undefined));
      if (!body.success) {
        return managementError(c, 400, 'Payload validation error', 'invalid_body');
      }
      const others = organization.members.filter((id) => !body.data.members.includes(id));
      organization.members = method === 'POST' ? [...others, ...body.data.members] : others;
      return c.body(null, 204);
    });
  }
};
