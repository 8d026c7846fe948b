import type { TenantContext } from '../../context.ts';
import type { TenantClient, TenantOrganization } from '../../model.ts';

/** An authorization request whose client and redirect URI are known to be right. */
export type AuthorizationRequest = {
  client: TenantClient;
  redirectUri: string;
  parameters: Record<string, string>;
  scopes: string[];
  organization: TenantOrganization | undefined;
};

/** Reads scopes and organization out of the parameters of a client's request. */
export const describeAuthorizationRequest = (
  context: TenantContext,
  client: TenantClient,
  parameters: Record<string, string>,
): AuthorizationRequest => ({
  client,
  redirectUri: parameters['redirect_uri'] ?? '',
  parameters,
  scopes: (parameters['scope'] ?? '').split(' ').filter(Boolean),
  organization: parameters['organization']
    ? context.directory.organization(parameters['organization'])
    : undefined,
});
