import { badRequest } from '../../oauth-error.ts';
import type { AuthorizeCheck } from './authorize-check.ts';

/** The client's `organization_usage` forbids, allows or requires an organization; it must exist. */
export const organizationUsage: AuthorizeCheck = ({ parameters, client, organization }) => {
  const given = parameters['organization'];
  const usage = client.organization_usage ?? 'deny';
  if (given === undefined) {
    return usage === 'require'
      ? badRequest(
          'invalid_request',
          'parameter organization is required for this client',
          'organization-required',
        )
      : undefined;
  }
  if (usage === 'deny') {
    return badRequest(
      'invalid_request',
      'parameter organization is not allowed for this client',
      'organization-not-allowed',
    );
  }
  return organization
    ? undefined
    : badRequest('invalid_request', 'parameter organization is invalid', 'organization-unknown');
};
