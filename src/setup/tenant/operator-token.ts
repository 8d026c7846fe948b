import { decodeJwt } from 'jose';

/** All that setup reads and changes. */
export const SETUP_SCOPES = [
  'read:resource_servers',
  'create:resource_servers',
  'update:resource_servers',
  'read:clients',
  'create:clients',
  'update:clients',
  'read:client_keys',
  'read:client_grants',
  'create:client_grants',
  'update:client_grants',
  'read:roles',
  'create:roles',
  'update:roles',
  'read:role_members',
  'create:role_members',
  'read:actions',
  'create:actions',
  'update:actions',
  'read:token_exchange_profiles',
  'create:token_exchange_profiles',
  'delete:token_exchange_profiles',
  'read:connections',
  'update:connections',
  'read:organizations',
  'read:organization_connections',
  'create:organization_connections',
  'read:users',
] as const;

/** What the keys of the backend's own application take besides. */
export const KEY_SCOPES = [
  'read:client_credentials',
  'create:client_credentials',
  'delete:client_credentials',
] as const;

/** What undoing takes besides. */
export const REMOVAL_SCOPES = [
  'delete:resource_servers',
  'delete:clients',
  'delete:client_grants',
  'delete:roles',
  'delete:actions',
  'delete:organization_connections',
] as const;

/** Only shows a new client's secret in some tenants; nothing fails without it. */
const OPTIONAL: readonly string[] = ['read:client_keys'];

/**
 * Gives the scopes that a token lacks. A token that cannot be read is not judged: the tenant will.
 * Nothing is verified here, for the tenant does it at every call.
 */
export const missingScopes = (token: string, wanted: readonly string[]): readonly string[] => {
  try {
    const { scope } = decodeJwt(token);
    const granted = typeof scope === 'string' ? scope.split(' ') : [];
    return wanted.filter((name) => !granted.includes(name) && !OPTIONAL.includes(name));
  } catch {
    // An opaque token says nothing about itself.
    return [];
  }
};
