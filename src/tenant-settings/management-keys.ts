import type { Call } from './call.ts';
import { isJsonObject, type Json, type JsonObject, valueAt } from './json.ts';

/** How the backend's own application authenticates; the second is in Auth0's Enterprise plans only. */
export type ManagementAuthentication = 'client_secret' | 'private_key_jwt';

/** The public half of a key that the backend signs in to the Management API with. */
export type ManagementKey = {
  /** Recognises the key among the application's credentials, for Auth0 never shows a key again. */
  readonly name: string;
  /** SPKI, PEM. */
  readonly pem: string;
};

const NAME_PREFIX = 'understudy-';

/** Names the credential of a key by the key's RFC 7638 thumbprint. */
export const keyName = (thumbprint: string): string => `${NAME_PREFIX}${thumbprint}`;

/** Tells whether setup gave a credential its name. */
export const isNamedBySetup = (credential: JsonObject): boolean =>
  String(credential['name'] ?? '').startsWith(NAME_PREFIX);

/** Gives a key as the Management API registers it. */
export const credentialBody = ({ name, pem }: ManagementKey): JsonObject => ({
  credential_type: 'public_key',
  name,
  pem,
  alg: 'RS256',
});

/** Gives the field of a new application that authenticates with these keys. */
export const authenticationMethods = (keys: readonly ManagementKey[]): JsonObject => ({
  client_authentication_methods: { private_key_jwt: { credentials: keys.map(credentialBody) } },
});

/** Where an application's credentials are, below `/api/v2`. */
export const credentialsPath = (clientId: string): string =>
  `/clients/${encodeURIComponent(clientId)}/credentials`;

/** Registers a key; nothing may be signed with it before {@link enableKeysCall}. */
export const registerKeyCall = (clientId: string, key: ManagementKey): Call => ({
  method: 'POST',
  path: credentialsPath(clientId),
  body: credentialBody(key),
});

/** Lets an application authenticate with these credentials, and in no other way. */
export const enableKeysCall = (clientId: string, ids: readonly string[]): Call => ({
  method: 'PATCH',
  path: `/clients/${encodeURIComponent(clientId)}`,
  body: {
    client_authentication_methods: { private_key_jwt: { credentials: ids.map((id) => ({ id })) } },
    token_endpoint_auth_method: null,
  },
});

/** Gives the ids of the credentials that an application may authenticate with. */
export const enabledKeyIds = (client: JsonObject): readonly string[] => {
  const credentials: Json | undefined = valueAt(
    client,
    'client_authentication_methods.private_key_jwt.credentials',
  );
  return (Array.isArray(credentials) ? credentials : []).flatMap((each) =>
    isJsonObject(each) && typeof each['id'] === 'string' ? each['id'] : [],
  );
};
