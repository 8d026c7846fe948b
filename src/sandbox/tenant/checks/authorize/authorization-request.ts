import type { TenantContext } from '../../context.ts';
import type { TenantClient, TenantOrganization } from '../../model.ts';

/** An authorization request whose client and redirect URI are known to be right. */
export type AuthorizationRequest = {
  client: TenantClient;
  redirectUri: string;
  parameters: Record<string, string>;
  scopes: string[];
  organization: TenantOrganization | undefined;
  /** What the client wants to find in the log, where the tenant has the feature. */
  correlationId: string | undefined;
};

/** @see Auth0 documentation, "Configure Correlation ID" */
const CORRELATION_ID_SYNTAX = /^[-\w.*~@+/:]{1,64}$/;

const readCorrelationId = (
  { choices }: TenantContext,
  given: string | undefined,
): string | undefined =>
  choices.correlationId === 'on' && given !== undefined && CORRELATION_ID_SYNTAX.test(given)
    ? given
    : undefined;

/** Reads scopes, organization and correlation id out of the parameters of a client's request. */
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
  correlationId: readCorrelationId(context, parameters['correlation_id']),
});
