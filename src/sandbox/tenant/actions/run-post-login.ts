import { orderedPostLoginChecks } from '../checks/post-login/ordered-post-login-checks.ts';
import type { Caller, TenantContext } from '../context.ts';
import type { CustomClaims, SessionTransferToken } from '../memory.ts';
import type { Actor, TenantClient, TenantOrganization, TenantUser } from '../model.ts';
import { badRequest, type OAuthError } from '../oauth-error.ts';
import { postLoginResult, type SessionChanges } from './action-results.ts';
import {
  clientPart,
  connectionPart,
  organizationPart,
  requestPart,
  userPart,
} from './event-parts.ts';

export type PostLoginSubject = {
  caller: Caller;
  ip: string;
  client: TenantClient;
  user: TenantUser;
  connection: string;
  organization: TenantOrganization | undefined;
  scopes: readonly string[];
  audience: string | undefined;
  protocol: 'oidc-basic-profile' | 'oauth2-token-exchange' | 'oauth2-refresh-token';
  query: Record<string, string>;
  body: Record<string, string>;
  /** Set at sign-in and silent sign-in, not at the exchange. */
  session?: { id: string; actor: Actor | undefined };
  /** Set at the exchange only. */
  transactionActor?: Actor | undefined;
  sessionTransferToken?: SessionTransferToken | undefined;
  correlationId?: string | undefined;
};

/** What the Action wants of the tokens and of the session, or the refusal for the client. */
export type PostLogin =
  | { claims: CustomClaims; sessionChanges: SessionChanges }
  | { error: OAuthError };

/** Registered claims that an Action cannot set. @see Auth0 documentation, "Create Custom Claims". */
const restricted = new Set(
  'acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce org_id org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#S256'.split(
    ' ',
  ),
);

const allowedClaims = (claims: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !restricted.has(name)));

/**
 * Runs the post-login Action, as Auth0 does at every sign-in, silent sign-in, refresh, session
 * transfer exchange and redemption. Gives the custom claims, or the refusal for the client.
 *
 * @see Auth0 documentation, "Actions Triggers: post-login - Event Object".
 */
export const runPostLogin = async (
  context: TenantContext,
  subject: PostLoginSubject,
): Promise<PostLogin> => {
  const { directory, choices } = context;
  const stt = subject.sessionTransferToken;
  const outcome = await context.actions.postLogin.run({
    client: clientPart(subject.client),
    user: userPart(subject.user),
    connection: connectionPart(directory, subject.connection),
    organization: organizationPart(subject.organization),
    authorization: { roles: directory.rolesOf(subject.user.user_id).map((role) => role.name) },
    request: {
      ...requestPart(subject.caller, subject.ip),
      query: subject.query,
      body: subject.body,
    },
    resource_server: subject.audience ? { identifier: subject.audience } : undefined,
    stats: { logins_count: subject.user.logins_count },
    tenant: { id: 'understudy-sandbox' },
    transaction: {
      protocol: subject.protocol,
      requested_scopes: subject.scopes,
      actor: subject.transactionActor,
      correlation_id: subject.correlationId,
      acr_values: [],
      ui_locales: [],
    },
    session: subject.session && { id: subject.session.id, actor: subject.session.actor },
    session_transfer_token: stt && {
      client_id: stt.clientId,
      scope: stt.scope,
      request: {
        ip: stt.ip,
        asn: '64512',
        user_agent: stt.userAgent,
        geoip: { countryCode: 'SE' },
      },
    },
  });
  const parsed = outcome.ok ? postLoginResult.safeParse(outcome.result) : undefined;
  if (!parsed?.success) {
    return {
      error: {
        error: choices.failedActionCode,
        description: outcome.ok ? 'The post-login Action is malformed.' : outcome.failure,
        status: 500,
      },
    };
  }
  if (parsed.data.denied) {
    return {
      error: badRequest('access_denied', parsed.data.denied.reason, 'denied-by-action'),
    };
  }
  const { idToken, accessToken, sessionChanges } = parsed.data;
  const asked = { context, hasSession: subject.session !== undefined, sessionChanges };
  for (const check of orderedPostLoginChecks) {
    const failure = check(asked);
    if (failure !== undefined) {
      return {
        error: { error: choices.failedActionCode, description: failure, status: 500 },
      };
    }
  }
  return {
    claims: { idToken: allowedClaims(idToken), accessToken: allowedClaims(accessToken) },
    sessionChanges,
  };
};
