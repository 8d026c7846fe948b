import type { Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import type { TenantConnection } from '../../../model.ts';
import { listAnswer } from '../lists/list-answer.ts';
import { managementError } from '../management-error.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';
import { unknownOrganization } from './organizations.ts';

const change = z
  .strictObject({
    assign_membership_on_login: z.boolean(),
    show_as_button: z.boolean(),
    is_signup_enabled: z.boolean(),
    is_enabled: z.boolean(),
    organization_connection_name: z.string(),
    organization_access_level: z.string(),
  })
  .partial();
const addition = change.extend({ connection_id: z.string() });

const view = ({ id, name, strategy }: TenantConnection) => ({
  connection_id: id,
  assign_membership_on_login: false,
  show_as_button: true,
  is_signup_enabled: false,
  connection: { name, strategy },
});

/** The endpoint that has long been there, and the one that replaces it (early access). */
const ENDPOINTS = ['enabled_connections', 'connections'] as const;

/**
 * Which connections an organization lets people in by, under both of their addresses.
 *
 * @see Auth0 Management API v2, `organizations/{id}/enabled_connections`, `organizations/{id}/connections`
 */
export const organizationConnectionRoutes = (
  app: Hono<TenantEnv>,
  context: TenantContext,
): void => {
  const { data } = context.directory;
  const find = (id = '') => data.organizations.find((candidate) => candidate.id === id);
  const findConnection = (id = '') => data.connections.find((candidate) => candidate.id === id);

  for (const endpoint of ENDPOINTS) {
    const all = `/api/v2/organizations/:id/${endpoint}`;
    const one = `${all}/:connection`;

    app.get(all, requireScope(context, 'read:organization_connections'), (c) => {
      const organization = find(c.req.param('id'));
      if (!organization) {
        return unknownOrganization(c);
      }
      const enabled = data.connections.filter(({ name }) =>
        organization.connections.includes(name),
      );
      return listAnswer(c, endpoint, enabled.map(view), ({ connection_id }) => connection_id);
    });

    app.post(all, requireScope(context, 'create:organization_connections'), async (c) => {
      const organization = find(c.req.param('id'));
      if (!organization) {
        return unknownOrganization(c);
      }
      const read = await readPayload(c, addition);
      if ('refused' in read) {
        return read.refused;
      }
      const connection = findConnection(read.body.connection_id);
      if (!connection) {
        return managementError(c, 400, 'Payload validation error', 'invalid_body');
      }
      organization.connections = [...new Set([...organization.connections, connection.name])];
      return c.json(view(connection), 201);
    });

    app.patch(one, requireScope(context, 'update:organization_connections'), async (c) => {
      const connection = findConnection(c.req.param('connection'));
      if (!find(c.req.param('id')) || !connection) {
        return unknownOrganization(c);
      }
      const read = await readPayload(c, change);
      return 'refused' in read ? read.refused : c.json(view(connection));
    });

    app.delete(one, requireScope(context, 'delete:organization_connections'), (c) => {
      const organization = find(c.req.param('id'));
      if (!organization) {
        return unknownOrganization(c);
      }
      const gone = findConnection(c.req.param('connection'))?.name;
      organization.connections = organization.connections.filter((name) => name !== gone);
      return c.body(null, 204);
    });
  }

  /** What an organization can have besides, and never has here. */
  for (const [path, name] of [
    ['client-grants', 'client_grants'],
    ['discovery-domains', 'domains'],
    ['clients', 'clients'],
  ] as const) {
    app.get(
      `/api/v2/organizations/:id/${path}`,
      requireScope(context, 'read:organizations'),
      (c) => (find(c.req.param('id')) ? listAnswer(c, name, [], String) : unknownOrganization(c)),
    );
  }
};
