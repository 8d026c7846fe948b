import type { Context } from 'hono';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import type { TenantClient } from '../../../model.ts';
import { managementError } from '../management-error.ts';
import { publicKeySchema, registerCredential } from './register-credential.ts';

/** The answer where the plan has no Private Key JWT. */
export const keysNotInPlan = (c: Context<TenantEnv>): Response =>
  managementError(c, 403, 'Private Key JWT is not enabled for this tenant.', 'feature_not_enabled');

/**
 * The answer to a body whose ways to authenticate contradict each other, name a key that is not there,
 * or are not in the plan; undefined for any other. A client has a `token_endpoint_auth_method` or
 * `client_authentication_methods`, and one of them is set to null when the other is set.
 */
export const refuseAuthentication = (
  c: Context<TenantEnv>,
  context: TenantContext,
  fields: Partial<TenantClient>,
  client?: TenantClient,
): Response | undefined => {
  const { client_authentication_methods: methods, token_endpoint_auth_method: method } = {
    ...(client?.client_authentication_methods && {
      client_authentication_methods: client.client_authentication_methods,
    }),
    ...(client && { token_endpoint_auth_method: client.token_endpoint_auth_method }),
    ...fields,
  };
  const refuse = (reason: string): Response =>
    managementError(c, 400, `Payload validation error: '${reason}'.`, 'invalid_body');
  if (methods && method) {
    return refuse('client_authentication_methods excludes token_endpoint_auth_method');
  }
  if (client && !methods && !method) {
    return refuse('token_endpoint_auth_method is needed without client_authentication_methods');
  }
  if (!fields.client_authentication_methods) {
    return undefined;
  }
  if (!context.conditions.privateKeyJwtInPlan) {
    return keysNotInPlan(c);
  }
  const known = context.directory.data.clientCredentials[client?.client_id ?? ''] ?? [];
  const named = client ? (methods?.private_key_jwt?.credentials ?? []) : [];
  return named.every(({ id }) => known.some((credential) => credential.id === id))
    ? undefined
    : refuse('a credential that the client does not have');
};

/**
 * Registers the keys that came with a new client, whose body the schema has passed; it names them by
 * their ids from then on. Tells what is wrong with a key.
 */
export const registerSentKeys = (
  context: TenantContext,
  client: TenantClient,
): string | undefined => {
  const sent = client.client_authentication_methods?.private_key_jwt?.credentials ?? [];
  const ids: { id: string }[] = [];
  for (const key of sent) {
    const read = publicKeySchema.safeParse(key);
    if (!read.success) {
      return read.error.issues[0]?.message ?? 'Invalid credential';
    }
    const credential = registerCredential(context, client.client_id, read.data);
    if (!credential) {
      return 'A client can have two credentials at most';
    }
    ids.push({ id: credential.id });
  }
  if (sent.length > 0) {
    client.client_authentication_methods = { private_key_jwt: { credentials: ids } };
  }
  return undefined;
};
