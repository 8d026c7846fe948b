import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import type { TenantResourceServer } from '../../../model.ts';
import { listAnswer } from '../lists/list-answer.ts';
import { managementError } from '../management-error.ts';
import { newId } from '../new-id.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';

const change = z
  .strictObject({
    name: z.string().regex(/^[^<>]+$/),
    scopes: z.array(
      z.strictObject({ value: z.string().min(1), description: z.string().optional() }),
    ),
    signing_alg: z.enum(['HS256', 'RS256', 'RS512', 'PS256']),
    signing_secret: z.string(),
    allow_offline_access: z.boolean(),
    allow_online_access: z.boolean(),
    skip_consent_for_verifiable_first_party_clients: z.boolean(),
    token_lifetime: z.int().min(0),
    token_lifetime_for_web: z.int().min(0),
    enforce_policies: z.boolean(),
    token_dialect: z.enum([
      'access_token',
      'access_token_authz',
      'rfc9068_profile',
      'rfc9068_profile_authz',
    ]),
    token_encryption: z.unknown(),
    consent_policy: z.string().nullable(),
    authorization_details: z.unknown(),
    proof_of_possession: z.unknown(),
    subject_type_authorization: z.unknown(),
  })
  .partial();
const creation = change.extend({ identifier: z.string().min(1).max(600) });

type Fields = z.infer<typeof change>;

const view = ({ scopes, settings, ...api }: TenantResourceServer) => ({
  ...settings,
  ...api,
  scopes: scopes.map((value) => ({ value })),
  signing_alg: 'RS256',
  is_system: false,
});

/** What the tenant acts on by name, and everything else as it came. */
const assign = (api: TenantResourceServer, fields: Fields): void => {
  const { scopes, name, allow_offline_access, enforce_policies, token_lifetime, ...rest } = fields;
  const { token_dialect, ...settings } = rest;
  Object.assign(
    api,
    scopes && { scopes: scopes.map(({ value }) => value) },
    name !== undefined && { name },
    allow_offline_access !== undefined && { allow_offline_access },
    enforce_policies !== undefined && { enforce_policies },
    token_lifetime !== undefined && { token_lifetime },
    token_dialect !== undefined && { token_dialect },
  );
  api.settings = { ...api.settings, ...settings };
};

/** The APIs of the tenant. @see Auth0 Management API v2, Resource Servers */
export const resourceServerRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { data } = context.directory;
  const all = '/api/v2/resource-servers';
  const one = '/api/v2/resource-servers/:id';
  const find = (id: string) =>
    data.resourceServers.find((api) => api.id === id || api.identifier === id);
  const unknown = (c: Context<TenantEnv>) =>
    managementError(c, 404, 'The resource server does not exist', 'inexistent_resource_server');

  app.get(all, requireScope(context, 'read:resource_servers'), (c) =>
    listAnswer(
      c,
      'resource_servers',
      data.resourceServers.map(view),
      ({ identifier }) => identifier,
    ),
  );

  app.post(all, requireScope(context, 'create:resource_servers'), async (c) => {
    const read = await readPayload(c, creation);
    if ('refused' in read) {
      return read.refused;
    }
    const { identifier, ...fields } = read.body;
    if (find(identifier)) {
      return managementError(c, 409, 'A resource server with this identifier already exists.');
    }
    const api: TenantResourceServer = {
      id: newId(context, ''),
      identifier,
      name: identifier,
      scopes: [],
      token_lifetime: 86_400,
      allow_offline_access: false,
      enforce_policies: false,
      token_dialect: 'access_token',
    };
    assign(api, fields);
    data.resourceServers.push(api);
    return c.json(view(api), 201);
  });

  app.get(one, requireScope(context, 'read:resource_servers'), (c) => {
    const api = find(c.req.param('id'));
    return api ? c.json(view(api)) : unknown(c);
  });

  app.patch(one, requireScope(context, 'update:resource_servers'), async (c) => {
    const api = find(c.req.param('id'));
    if (!api) {
      return unknown(c);
    }
    const read = await readPayload(c, change);
    if ('refused' in read) {
      return read.refused;
    }
    assign(api, read.body);
    return c.json(view(api));
  });

  app.delete(one, requireScope(context, 'delete:resource_servers'), (c) => {
    const api = find(c.req.param('id'));
    data.resourceServers = data.resourceServers.filter((candidate) => candidate !== api);
    return c.body(null, 204);
  });
};
