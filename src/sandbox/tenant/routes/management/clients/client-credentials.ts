import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import { managementError } from '../management-error.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';
import { keysNotInPlan } from './client-authentication.ts';
import { publicKeySchema, registerCredential, shownCredential } from './register-credential.ts';

const changeSchema = z.strictObject({ expires_at: z.iso.datetime().nullable().optional() });

const unknownClient = (c: Context<TenantEnv>): Response =>
  managementError(c, 404, 'The client does not exist', 'inexistent_client');
const unknownCredential = (c: Context<TenantEnv>): Response =>
  managementError(c, 404, 'The credential does not exist', 'inexistent_credential');

/**
 * The public keys of a client. A new one may not be signed with before the client's
 * `client_authentication_methods` names it, and one that is named there cannot be deleted.
 *
 * @see Auth0 Management API v2, `clients/{client_id}/credentials`
 */
export const clientCredentialRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { directory } = context;
  const path = '/api/v2/clients/:id/credentials';
  const credentialsOf = (id: string) =>
    directory.clients.has(id) ? (directory.data.clientCredentials[id] ?? []) : undefined;
  const find = (c: Context<TenantEnv>) =>
    credentialsOf(c.req.param('id') ?? '')?.find(({ id }) => id === c.req.param('credential'));

  app.get(path, requireScope(context, 'read:client_credentials'), (c) => {
    const credentials = credentialsOf(c.req.param('id'));
    return credentials ? c.json(credentials.map(shownCredential)) : unknownClient(c);
  });

  app.get(`${path}/:credential`, requireScope(context, 'read:client_credentials'), (c) => {
    const credential = find(c);
    return credential ? c.json(shownCredential(credential)) : unknownCredential(c);
  });

  app.post(path, requireScope(context, 'create:client_credentials'), async (c) => {
    const id = c.req.param('id');
    if (!directory.clients.has(id)) {
      return unknownClient(c);
    }
    if (!context.conditions.privateKeyJwtInPlan) {
      return keysNotInPlan(c);
    }
    const read = await readPayload(c, publicKeySchema);
    if ('refused' in read) {
      return read.refused;
    }
    const credential = registerCredential(context, id, read.body);
    return credential
      ? c.json(shownCredential(credential), 201)
      : managementError(c, 400, 'A client can have two credentials at most.', 'too_many_entities');
  });

  app.patch(
    `${path}/:credential`,
    requireScope(context, 'update:client_credentials'),
    async (c) => {
      const credential = find(c);
      if (!credential) {
        return unknownCredential(c);
      }
      const read = await readPayload(c, changeSchema);
      if ('refused' in read) {
        return read.refused;
      }
      const { expires_at } = read.body;
      if (expires_at !== undefined) {
        credential.expires_at = expires_at ?? undefined;
      }
      credential.updated_at = new Date(context.clock()).toISOString();
      return c.json(shownCredential(credential));
    },
  );

  app.delete(`${path}/:credential`, requireScope(context, 'delete:client_credentials'), (c) => {
    const id = c.req.param('id');
    const client = directory.clients.get(id);
    const credential = find(c);
    const enabled = client?.client_authentication_methods?.private_key_jwt?.credentials ?? [];
    if (credential && enabled.some((each) => each.id === credential.id)) {
      return managementError(c, 400, 'The credential is in use by the client.', 'invalid_body');
    }
    directory.data.clientCredentials[id] = (credentialsOf(id) ?? []).filter(
      (each) => each !== credential,
    );
    return c.body(null, 204);
  });
};
