import type { Directory } from '../directory.ts';

const OIDC_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access']);

/**
 * The scopes a user really gets: OpenID Connect's own, and of an API those that it knows and, with
 * its policies enforced, those that the user's roles permit.
 *
 * @see Auth0 documentation, "Enable Role-Based Access Control for APIs".
 */
export const grantedScopes = (
  directory: Directory,
  userId: string,
  requested: readonly string[],
  audience: string | undefined,
): string[] => {
  const resourceServer = audience ? directory.resourceServer(audience) : undefined;
  const permitted = resourceServer?.enforce_policies
    ? directory.permissionsOf(userId, resourceServer.identifier)
    : (resourceServer?.scopes ?? []);
  return [...new Set(requested)].filter(
    (scope) =>
      OIDC_SCOPES.has(scope) ||
      (resourceServer?.scopes.includes(scope) === true && permitted.includes(scope)),
  );
};
