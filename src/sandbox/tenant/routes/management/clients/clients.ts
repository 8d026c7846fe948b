import type { Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import type { TenantClient } from '../../../model.ts';
import { readClient } from '../../../schemas/validate-client.ts';
import { pageBody, paginate } from '../lists/paginate.ts';
import { selectFields } from '../lists/select-fields.ts';
import { managementError } from '../management-error.ts';
import { requireScope } from '../require-scope.ts';
import { refuseAuthentication, registerSentKeys } from './client-authentication.ts';
import { createClient } from './create-client.ts';

const withoutSecret = ({ client_secret: _secret, ...client }: TenantClient) => client;

/**
 * Clients, validated by Auth0's own schema. A secret is shown once, to who creates the client; a client
 * that authenticates with a key gets none.
 *
 * @see Auth0 Management API v2, Clients
 */
export const clientRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { directory } = context;
  app.get('/api/v2/clients', requireScope(context, 'read:clients'), (c) => {
    const all = [...directory.clients.values()].map(withoutSecret);
    const page = paginate(c, all);
    if (!page) {
      return managementError(c, 400, 'Invalid page.', 'invalid_query_string');
    }
    const items = page.items.map((client) => selectFields(c, client));
    return c.json(pageBody('clients', { ...page, items }, all.length));
  });

  app.get('/api/v2/clients/:id', requireScope(context, 'read:clients'), (c) => {
    const client = directory.clients.get(c.req.param('id'));
    if (!client) {
      return managementError(c, 404, 'The client does not exist', 'inexistent_client');
    }
    return c.json(selectFields(c, withoutSecret(client)));
  });

  app.post('/api/v2/clients', requireScope(context, 'create:clients'), async (c) => {
    const read = readClient(await c.req.json().catch(() => undefined), 'create');
    if ('wrong' in read) {
      return managementError(c, 400, read.wrong, 'invalid_body');
    }
    const refused = refuseAuthentication(c, context, read.fields);
    if (refused) {
      return refused;
    }
    const client = createClient(context, read.fields);
    const wrong = registerSentKeys(context, client);
    if (wrong !== undefined) {
      return managementError(c, 400, `Payload validation error: '${wrong}'.`, 'invalid_body');
    }
    directory.addClient(client);
    return c.json(client, 201);
  });

  app.patch('/api/v2/clients/:id', requireScope(context, 'update:clients'), async (c) => {
    const client = directory.clients.get(c.req.param('id'));
    if (!client) {
      return managementError(c, 404, 'The client does not exist', 'inexistent_client');
    }
    const read = readClient(await c.req.json().catch(() => undefined), 'change');
    if ('wrong' in read) {
      return managementError(c, 400, read.wrong, 'invalid_body');
    }
    const refused = refuseAuthentication(c, context, read.fields, client);
    if (refused) {
      return refused;
    }
    Object.assign(client, read.fields);
    return c.json(withoutSecret(client));
  });

  app.delete('/api/v2/clients/:id', requireScope(context, 'delete:clients'), (c) => {
    directory.removeClient(c.req.param('id'));
    return c.body(null, 204);
  });

  app.get(
    '/api/v2/clients/:id/connections',
    requireScope(context, 'read:clients', 'read:connections'),
    (c) => {
      const client = directory.clients.get(c.req.param('id'));
      if (!client) {
        return managementError(c, 404, 'The client does not exist', 'inexistent_client');
      }
      const all = directory
        .connectionsOf(client)
        .map(({ id, name, strategy }) => ({ id, name, strategy }));
      const from = Number(c.req.query('from') ?? '0');
      const take = Number(c.req.query('take') ?? '50');
      const next = from + take < all.length ? { next: String(from + take) } : {};
      return c.json({ connections: all.slice(from, from + take), ...next });
    },
  );
};
