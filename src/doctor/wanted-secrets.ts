import type { Patient } from './patient.ts';

/**
 * What the secrets of an Action should be, as far as the backend's configuration tells. Optional ones are
 * left out. None of them is secret.
 */
export const wantedSecrets = (
  { settings, jwks }: Patient,
  key: 'exchange' | 'login',
): Readonly<Record<string, string>> => {
  const { auth0, customers, protection, publicOrigin } = settings;
  const shared = {
    REQUESTING_CLIENT_ID: auth0.requestingClientId,
    EXTENSION_CLIENT_ID: auth0.extensionClientId,
    AGENT_ROLES: protection.staffRoles.join(','),
    CUSTOMER_CONNECTIONS: customers.connections.join(','),
  };
  return key === 'exchange'
    ? {
        ...shared,
        SUBJECT_TOKEN_ISSUER: publicOrigin,
        SUBJECT_TOKEN_AUDIENCE: auth0.issuer,
        SUBJECT_TOKEN_JWKS: jwks ?? `(what ${publicOrigin}/.well-known/jwks.json gives)`,
      }
    : { ...shared, PROTECTED_ROLES: protection.roles.join(',') };
};
