import type { Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { managementError } from './management-error.ts';
import { pageBody, paginate } from './paginate.ts';
import { requireScope } from './require-scope.ts';

const changes = z.array(z.strictObject({ client_id: z.string(), status: z.boolean() })).min(1);

/** Connections and the clients that have them enabled. @see Auth0 Management API v2, Connections */
export const connectionRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { data } = context.directory;
  const find = (id: string) => data.connections.find((candidate) => candidate.id === id);

  app.get('/api/v2/connections', requireScope(context, 'read:connections'), (c) => {
    const name = c.req.query('name');
    const all = data.connections
      .filter((connection) => name === undefined || connection.name === name)
      .map(({ id, name: ownName, strategy }) => ({ id, name: ownName, strategy }));
    const page = paginate(c, all);
    if (!page) return managementError(c, 400, 'Invalid page.', 'invalid_query_string');
    return c.json(pageBody('connections', page, all.length));
  });

  const path = '/api/v2/connections/:id/clients';
  app.get(path, requireScope(context, 'read:connections'), (c) => {
    const connection = find(c.req.param('id'));
    if (!connection) return managementError(c, 404, 'The connection does not exist');
    return c.json({ clients: connection.enabled_clients.map((client_id) => ({ client_id })) });
  });

  app.patch(path, requireScope(context, 'update:connections'), async (c) => {
    const connection = find(c.req.param('id'));
    if (!connection) return managementError(c, 404, 'The connection does not exist');
    const body = changes.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return managementError(c, 400, 'Payload validation error', 'invalid_body');
    const enabled = new Set(connection.enabled_clients);
    for (const { client_id, status } of body.data) {
      if (status) enabled.add(client_id);
      else enabled.delete(client_id);
    }
    connection.enabled_clients = [...enabled];
    return c.body(null, 204);
  });
};
