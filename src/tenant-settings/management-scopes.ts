/**
 * All that the backend's own client may do in the tenant: read what launches are decided by, and end a
 * session. With any further scope the backend refuses to start, for a machine that always runs must not
 * be able to change the tenant.
 * @see Auth0 Management API v2, scopes of each endpoint
 */
export const BACKEND_SCOPES = [
  'read:clients',
  'read:connections',
  'read:users',
  'read:roles',
  'read:organizations',
  'read:organization_members',
  'read:organization_member_roles',
  'read:organization_connections',
  'read:logs',
  'read:sessions',
  'delete:sessions',
] as const;
