import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import { managementAudience } from '../../../domain.ts';
import type { TenantClientGrant } from '../../../model.ts';
import { listAnswer } from '../lists/list-answer.ts';
import { managementError } from '../management-error.ts';
import { newId } from '../new-id.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';

const settings = {
  organization_usage: z.enum(['deny', 'allow', 'require']).nullable(),
  allow_any_organization: z.boolean().nullable(),
  allow_all_scopes: z.boolean().nullable(),
  authorization_details_types: z.array(z.string()),
};
const change = z.strictObject({ scope: z.array(z.string().min(1)), ...settings }).partial();
const creation = change.extend({
  client_id: z.string().min(1),
  audience: z.string().min(1),
  subject_type: z.enum(['client', 'user']).optional(),
});

/** A grant of the seed has no id of its own; client and audience make one. */
const view = ({ id, ...grant }: TenantClientGrant) => ({
  id: id ?? `cgr_${grant.client_id}`,
  subject_type: 'client',
  ...grant,
});

/** Which clients get tokens for which APIs as themselves. @see Auth0 Management API v2, Client Grants */
export const clientGrantRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { directory, domains } = context;
  const { data } = directory;
  const all = '/api/v2/client-grants';
  const one = '/api/v2/client-grants/:id';
  const find = (id: string) => data.clientGrants.find((grant) => view(grant).id === id);
  const unknown = (c: Context<TenantEnv>) =>
    managementError(c, 404, 'The client grant does not exist', 'inexistent_client_grant');

  app.get(all, requireScope(context, 'read:client_grants'), (c) => {
    const { audience, client_id } = c.req.query();
    const found = data.clientGrants.filter(
      (grant) =>
        (audience === undefined || grant.audience === audience) &&
        (client_id === undefined || grant.client_id === client_id),
    );
    return listAnswer(c, 'client_grants', found.map(view), ({ id }) => id);
  });

  app.post(all, requireScope(context, 'create:client_grants'), async (c) => {
    const read = await readPayload(c, creation);
    if ('refused' in read) {
      return read.refused;
    }
    const { client_id, audience, scope = [] } = read.body;
    if (!directory.clients.has(client_id)) {
      return managementError(c, 404, 'The client does not exist', 'inexistent_client');
    }
    if (audience !== managementAudience(domains) && !directory.resourceServer(audience)) {
      return managementError(c, 404, `Service not found: ${audience}`);
    }
    const isSame = (grant: TenantClientGrant) =>
      grant.client_id === client_id && grant.audience === audience;
    if (data.clientGrants.some(isSame)) {
      return managementError(c, 409, 'A resource with this identifier already exists.');
    }
    const grant: TenantClientGrant = { ...read.body, scope, id: newId(context, 'cgr_') };
    data.clientGrants.push(grant);
    return c.json(view(grant), 201);
  });

  app.patch(one, requireScope(context, 'update:client_grants'), async (c) => {
    const grant = find(c.req.param('id'));
    if (!grant) {
      return unknown(c);
    }
    const read = await readPayload(c, change);
    if ('refused' in read) {
      return read.refused;
    }
    Object.assign(grant, read.body);
    return c.json(view(grant));
  });

  app.delete(one, requireScope(context, 'delete:client_grants'), (c) => {
    const grant = find(c.req.param('id'));
    data.clientGrants = data.clientGrants.filter((candidate) => candidate !== grant);
    return c.body(null, 204);
  });
};
