import type { Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../context.ts';
import type { TenantConnection } from '../../model.ts';
import { managementError } from './management-error.ts';
import { unknownOrganization } from './organizations.ts';
import { pageBody, paginate } from './paginate.ts';
import { requireScope } from './require-scope.ts';

const addition = z.strictObject({
  connection_id: z.string(),
  assign_membership_on_login: z.boolean().optional(),
  show_as_button: z.boolean().optional(),
});

const view = ({ id, name, strategy }: TenantConnection) => ({
  connection_id: id,
  assign_membership_on_login: false,
  connection: { name, strategy },
});

/** Which connections an organization lets people in by. @see Auth0 Management API v2, enabled_connections */
export const organizationConnectionRoutes = (
  app: Hono<TenantEnv>,
  context: TenantContext,
): void => {
  const { data } = context.directory;
  const all = '/api/v2/organizations/:id/enabled_connections';
  const one = `${all}/:connection`;
  const find = (id: string) => data.organizations.find((candidate) => candidate.id === id);
  const findConnection = (id: string) => data.connections.find((candidate) => candidate.id === id);

  app.get(all, requireScope(context, 'read:organization_connections'), (c) => {
    const organization = find(c.req.param('id'));
    if (!organization) return unknownOrganization(c);
    const enabled = data.connections
      .filter(({ name }) => organization.connections.includes(name))
      .map(view);
    const page = paginate(c, enabled);
    if (!page) return managementError(c, 400, 'Invalid page.', 'invalid_query_string');
    return c.json(pageBody('enabled_connections', page, enabled.length));
  });

  app.post(all, requireScope(context, 'create:organization_connections'), async (c) => {
    const organization = find(c.req.param('id'));
    if (!organization) return unknownOrganization(c);
    const body = addition.safeParse(await c.req.json().catch(() => undefined));
    const connection = body.success ? findConnection(body.data.connection_id) : undefined;
    if (!connection) return managementError(c, 400, 'Payload validation error', 'invalid_body');
    organization.connections = [...new Set([...organization.connections, connection.name])];
    return c.json(view(connection), 201);
  });

  app.delete(one, requireScope(context, 'delete:organization_connections'), (c) => {
    const organization = find(c.req.param('id'));
    if (!organization) return unknownOrganization(c);
    const gone = findConnection(c.req.param('connection'))?.name;
    organization.connections = organization.connections.filter((name) => name !== gone);
    return c.body(null, 204);
  });
};
