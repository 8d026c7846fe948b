import type { CustomTokenExchangeResult } from '../../actions/action-results.ts';
import type { TenantContext } from '../../context.ts';
import type { TenantClient, TenantOrganization, TenantUser } from '../../model.ts';
import { badRequest, type OAuthError } from '../../oauth-error.ts';

/** The user whom the Action set, and through which connection. */
export type Subject = { user: TenantUser; connection: string };

/**
 * Exactly one user must have been set, who exists, is not blocked, comes through a connection that
 * the requesting client has enabled, and is a member of the organization when one is given.
 *
 * @see Auth0 documentation, "Custom Token Exchange: api.authentication"
 */
export const resolveSubject = (
  context: TenantContext,
  client: TenantClient,
  organization: TenantOrganization | undefined,
  users: CustomTokenExchangeResult['users'],
): { subject: Subject } | { error: OAuthError } => {
  const { directory, choices } = context;
  const [only, second] = users;
  if (!only || second) {
    return { error: badRequest('invalid_request', 'The Action must set exactly one user.') };
  }
  const refuse = (type: string, description: string) => ({
    error: badRequest(choices.subjectNotUsableCode, description, type),
  });
  const user =
    only.by === 'id'
      ? directory.users.get(only.userId)
      : directory.userByConnection(only.connection, only.profile.user_id);
  if (!user) {
    return refuse('user-unavailable', 'The user does not exist.');
  }
  if (user.blocked === true) {
    return refuse('user-unavailable', 'The user is blocked.');
  }
  const connection =
    only.by === 'connection' ? only.connection : (user.identities[0]?.connection ?? '');
  if (!directory.isConnectionEnabled(connection, client)) {
    return refuse('connection-not-enabled', 'The connection is not enabled for the client.');
  }
  if (organization && !organization.members.includes(user.user_id)) {
    return refuse(
      'organization-membership-missing',
      'The user is not a member of the organization.',
    );
  }
  return { subject: { user, connection } };
};
