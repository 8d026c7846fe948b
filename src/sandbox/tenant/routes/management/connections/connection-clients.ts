import type { Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import { cutFromCheckpoint } from '../lists/checkpoint.ts';
import { managementError } from '../management-error.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';
import { unknownConnection } from './connections.ts';

const changes = z
  .array(z.strictObject({ client_id: z.string(), status: z.boolean() }))
  .min(1)
  .max(50);

/** The clients that have a connection enabled, changed one by one. @see Auth0 Management API v2, `connections/{id}/clients` */
export const connectionClientRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { data } = context.directory;
  const path = '/api/v2/connections/:id/clients';
  const find = (id: string) => data.connections.find((candidate) => candidate.id === id);

  app.get(path, requireScope(context, 'read:connections'), (c) => {
    const connection = find(c.req.param('id'));
    if (!connection) {
      return unknownConnection(c);
    }
    const clients = connection.enabled_clients.map((client_id) => ({ client_id }));
    const part = cutFromCheckpoint(c, clients, ({ client_id }) => client_id);
    if (!part) {
      return managementError(c, 400, 'Invalid from or take.', 'invalid_query_string');
    }
    const { items, ...rest } = part;
    return c.json({ clients: items, ...rest });
  });

  app.patch(path, requireScope(context, 'update:connections'), async (c) => {
    const connection = find(c.req.param('id'));
    if (!connection) {
      return unknownConnection(c);
    }
    const read = await readPayload(c, changes);
    if ('refused' in read) {
      return read.refused;
    }
    const enabled = new Set(connection.enabled_clients);
    for (const { client_id, status } of read.body) {
      if (status) {
        enabled.add(client_id);
      } else {
        enabled.delete(client_id);
      }
    }
    connection.enabled_clients = [...enabled];
    return c.body(null, 204);
  });
};
