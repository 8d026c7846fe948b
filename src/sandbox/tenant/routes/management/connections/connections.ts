import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import type { TenantConnection } from '../../../model.ts';
import { listAnswer } from '../lists/list-answer.ts';
import { managementError } from '../management-error.ts';
import { newId } from '../new-id.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';

const change = z
  .strictObject({
    options: z.record(z.string(), z.unknown()).nullable(),
    enabled_clients: z.array(z.string()),
    display_name: z.string(),
    is_domain_connection: z.boolean(),
    show_as_button: z.boolean(),
    realms: z.array(z.string()),
    metadata: z.record(z.string(), z.string().nullable()),
    authentication: z.unknown(),
    connected_accounts: z.unknown(),
  })
  .partial();
const creation = change.extend({
  name: z.string().regex(/^[a-zA-Z0-9](-?[a-zA-Z0-9])*$/),
  strategy: z.enum(['auth0', 'samlp']),
});

const view = ({ id, name, strategy, options = {}, realms = [name] }: TenantConnection) => ({
  id,
  name,
  strategy,
  options,
  realms,
  is_domain_connection: false,
});

/** The answer that there is no such connection. */
export const unknownConnection = (c: Context<TenantEnv>): Response =>
  managementError(c, 404, 'The connection does not exist', 'inexistent_connection');

/**
 * Connections themselves. `enabled_clients` in a payload replaces the whole list.
 *
 * @see Auth0 Management API v2, Connections
 */
export const connectionRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { data } = context.directory;
  const all = '/api/v2/connections';
  const one = '/api/v2/connections/:id';
  const find = (id: string) => data.connections.find((candidate) => candidate.id === id);

  app.get(all, requireScope(context, 'read:connections'), (c) => {
    const { name } = c.req.query();
    const strategies = c.req.queries('strategy')?.flatMap((value) => value.split(',')) ?? [];
    const found = data.connections.filter(
      (connection) =>
        (name === undefined || connection.name === name) &&
        (strategies.length === 0 || strategies.includes(connection.strategy)),
    );
    return listAnswer(c, 'connections', found.map(view), ({ id }) => id);
  });

  app.post(all, requireScope(context, 'create:connections'), async (c) => {
    const read = await readPayload(c, creation);
    if ('refused' in read) {
      return read.refused;
    }
    const { name, strategy, options, enabled_clients = [], realms } = read.body;
    if (data.connections.some((connection) => connection.name === name)) {
      return managementError(c, 409, 'A connection with the same name already exists');
    }
    const connection: TenantConnection = {
      id: newId(context, 'con_'),
      name,
      strategy,
      enabled_clients,
      options: options ?? {},
      realms: realms ?? [name],
    };
    data.connections.push(connection);
    return c.json(view(connection), 201);
  });

  app.get(one, requireScope(context, 'read:connections'), (c) => {
    const connection = find(c.req.param('id'));
    return connection ? c.json(view(connection)) : unknownConnection(c);
  });

  app.patch(one, requireScope(context, 'update:connections'), async (c) => {
    const connection = find(c.req.param('id'));
    if (!connection) {
      return unknownConnection(c);
    }
    const read = await readPayload(c, change);
    if ('refused' in read) {
      return read.refused;
    }
    const { options, enabled_clients, realms } = read.body;
    if (options) {
      connection.options = options;
    }
    if (enabled_clients) {
      connection.enabled_clients = enabled_clients;
    }
    if (realms) {
      connection.realms = realms;
    }
    return c.json(view(connection));
  });

  app.delete(one, requireScope(context, 'delete:connections'), (c) => {
    data.connections = data.connections.filter(({ id }) => id !== c.req.param('id'));
    return c.body(null, 202);
  });
};
