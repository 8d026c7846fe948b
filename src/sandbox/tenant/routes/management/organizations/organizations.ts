import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import type { TenantOrganization } from '../../../model.ts';
import { listAnswer } from '../lists/list-answer.ts';
import { managementError } from '../management-error.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';

const view = ({ id, name, display_name, metadata }: TenantOrganization) => ({
  id,
  name,
  display_name,
  metadata,
});

const creation = z.strictObject({
  name: z.string().regex(/^[a-z0-9_-]{1,50}$/),
  display_name: z.string().min(1).optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});

/** The organization that a path names, or the answer that there is none. */
export const unknownOrganization = (c: Context<TenantEnv>): Response =>
  managementError(c, 404, 'No organization found by that id', 'inexistent_organization');

/** Organizations themselves. @see Auth0 Management API v2, Organizations */
export const organizationRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { data } = context.directory;
  const all = '/api/v2/organizations';
  const one = '/api/v2/organizations/:id';
  const find = (id: string) => data.organizations.find((candidate) => candidate.id === id);

  app.get(all, requireScope(context, 'read:organizations'), (c) => {
    return listAnswer(c, 'organizations', data.organizations.map(view), ({ id }) => id);
  });

  app.post(all, requireScope(context, 'create:organizations'), async (c) => {
    const read = await readPayload(c, creation);
    if ('refused' in read) {
      return read.refused;
    }
    const { name, display_name = name, metadata = {} } = read.body;
    if (data.organizations.some((candidate) => candidate.name === name)) {
      return managementError(c, 409, 'An organization with this name already exists.');
    }
    const organization: TenantOrganization = {
      id: `org_${context.randomToken(12).replaceAll(/[^A-Za-z0-9]/g, '')}`,
      name,
      display_name,
      metadata,
      connections: [],
      members: [],
    };
    data.organizations.push(organization);
    return c.json(view(organization), 201);
  });

  app.get(one, requireScope(context, 'read:organizations'), (c) => {
    const organization = find(c.req.param('id'));
    return organization ? c.json(view(organization)) : unknownOrganization(c);
  });

  app.patch(one, requireScope(context, 'update:organizations'), async (c) => {
    const organization = find(c.req.param('id'));
    if (!organization) {
      return unknownOrganization(c);
    }
    const read = await readPayload(c, creation.partial());
    if ('refused' in read) {
      return read.refused;
    }
    Object.assign(organization, read.body);
    return c.json(view(organization));
  });

  app.delete(one, requireScope(context, 'delete:organizations'), (c) => {
    const organization = find(c.req.param('id'));
    if (!organization) {
      return unknownOrganization(c);
    }
    data.organizations = data.organizations.filter((candidate) => candidate !== organization);
    return c.body(null, 204);
  });
};
