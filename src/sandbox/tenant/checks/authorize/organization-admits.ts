import type { TenantOrganization, TenantUser } from '../../model.ts';
import { badRequest, type OAuthError } from '../../oauth-error.ts';

/** Signing in to an organization takes a membership and a connection that it has enabled. */
export const organizationAdmits = (
  organization: TenantOrganization | undefined,
  user: TenantUser,
  connection: string,
): OAuthError | undefined => {
  if (!organization) {
    return undefined;
  }
  if (!organization.connections.includes(connection)) {
    return badRequest(
      'access_denied',
      'The connection is not enabled for the organization.',
      'organization-connection-not-enabled',
    );
  }
  return organization.members.includes(user.user_id)
    ? undefined
    : badRequest(
        'access_denied',
        `The user is not part of the ${organization.id} organization.`,
        'organization-membership-missing',
      );
};
