import type { TenantContext } from '../context.ts';
import { everyDomain, type TenantDomain } from '../domain.ts';
import type { CustomClaims, Grant } from '../memory.ts';
import type { TenantClient, TenantUser } from '../model.ts';
import { grantedScopes } from './granted-scopes.ts';
import { profileClaims } from './profile-claims.ts';

/** Lifetime of everything in a delegated session, in seconds. @see Auth0, "Session Delegation". */
export const DELEGATED_LIFETIME_IN_SECONDS = 2 * 60 * 60;

/** The Authentication Context Class of a sign-in with a second factor. @see OpenID PAPE 1.0 §4 */
const MULTI_FACTOR = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

export type TokenResponse = Record<string, string | number>;

export type TokenRequest = {
  grant: Grant;
  client: TenantClient;
  user: TenantUser;
  domain: TenantDomain;
  claims: CustomClaims;
  nonce?: string | undefined;
  /** A second factor was given in the very sign-in that these tokens come from. */
  secondFactor?: boolean;
};

/**
 * Signs the access token and, for scope `openid`, the ID token of a grant. A delegated grant gets
 * `act` in both and two hours; an organization gets `org_id` and `org_name` in both. `acr` and `amr` stand only in
 * the ID token of the sign-in in which the second factor was given: a refresh or a silent sign-in has neither.
 *
 * @see Auth0 documentation, "Access Token Profiles", "ID Token Structure", "Configure Step-up Authentication for Web Apps".
 */
export const issueTokens = async (
  context: TenantContext,
  { grant, client, user, domain, claims, nonce, secondFactor }: TokenRequest,
): Promise<TokenResponse> => {
  const now = Math.floor(context.clock() / 1000);
  const organization = grant.organizationId
    ? context.directory.organization(grant.organizationId)
    : undefined;
  const shared = {
    ...(grant.actor && { act: grant.actor }),
    // The name is there because the tenant lets clients ask for an organization by its name.
    ...(organization && { org_id: organization.id, org_name: organization.name }),
  };
  const scopes = grantedScopes(context.directory, user.user_id, grant.scopes, grant.audience);
  const resourceServer = grant.audience
    ? context.directory.resourceServer(grant.audience)
    : undefined;
  const lifetime = grant.actor
    ? DELEGATED_LIFETIME_IN_SECONDS
    : (resourceServer?.token_lifetime ?? 86_400);

  const accessToken = resourceServer
    ? await context.signer.sign(
        {
          ...claims.accessToken,
          ...shared,
          iss: domain.issuer,
          sub: user.user_id,
          aud: scopes.includes('openid')
            ? [resourceServer.identifier, `${domain.issuer}userinfo`]
            : resourceServer.identifier,
          azp: client.client_id,
          iat: now,
          exp: now + lifetime,
          scope: scopes.join(' '),
          jti: context.randomToken(12),
          ...(resourceServer.enforce_policies &&
            (resourceServer.token_dialect ?? 'access_token_authz').endsWith('_authz') && {
              permissions: context.directory.permissionsOf(user.user_id, resourceServer.identifier),
            }),
        },
        'at+jwt',
      )
    : context.randomToken(32);
  if (!resourceServer) {
    context.memory.opaqueAccessTokens.set(accessToken, {
      userId: user.user_id,
      scopes,
      expiresAt: context.clock() + lifetime * 1000,
    });
  }

  const idToken = scopes.includes('openid')
    ? await context.signer.sign(
        {
          ...claims.idToken,
          ...profileClaims(user, scopes),
          ...shared,
          iss: domain.issuer,
          sub: user.user_id,
          aud: client.client_id,
          iat: now,
          exp:
            now +
            (grant.actor
              ? DELEGATED_LIFETIME_IN_SECONDS
              : client.jwt_configuration.lifetime_in_seconds),
          auth_time: Math.floor(grant.authTime / 1000),
          sid: grant.sessionId,
          ...(secondFactor && { acr: MULTI_FACTOR, amr: ['mfa'] }),
          ...(nonce !== undefined && { nonce }),
        },
        'JWT',
      )
    : undefined;

  return {
    access_token: accessToken,
    ...(idToken && { id_token: idToken }),
    scope: scopes.join(' '),
    expires_in: lifetime,
    token_type: 'Bearer',
  };
};

/** Issuers whose tokens are this tenant's. */
export const ownIssuers = (context: TenantContext): string[] =>
  everyDomain(context.domains).map((domain) => domain.issuer);
