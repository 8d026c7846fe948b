import { challengeImpossible } from '../checks/interaction/challenge-impossible.ts';
import { orderedPostLoginChecks } from '../checks/post-login/ordered-post-login-checks.ts';
import type { TenantContext } from '../context.ts';
import type { CustomClaims, PostLoginDecision } from '../memory.ts';
import type { TenantAction } from '../model.ts';
import { badRequest, type OAuthError } from '../oauth-error.ts';
import { type PostLoginResult, postLoginResult, type SessionChanges } from './action-results.ts';
import { type PostLoginSubject, postLoginEvent } from './post-login-event.ts';

/** What the Actions want, or the refusal for the client. */
export type PostLogin = PostLoginDecision | { error: OAuthError };

/** Registered claims that an Action cannot set. @see Auth0 documentation, "Create Custom Claims". */
const restricted = new Set(
  'acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce org_id org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#S256'.split(
    ' ',
  ),
);

const allowedClaims = (claims: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !restricted.has(name)));

const failed = ({ choices }: TenantContext, description: string): { error: OAuthError } => ({
  error: { error: choices.failedActionCode, description, status: 500 },
});

const runOne = async (
  context: TenantContext,
  action: TenantAction,
  subject: PostLoginSubject,
): Promise<{ result: PostLoginResult } | { error: OAuthError }> => {
  const event = postLoginEvent(context, subject);
  const outcome = await context.actions.run(action, 'onExecutePostLogin', event);
  if (!outcome.ok) {
    return failed(context, outcome.failure);
  }
  const parsed = postLoginResult.safeParse(outcome.result);
  if (!parsed.success) {
    return failed(context, 'The post-login Action is malformed.');
  }
  const { denied, sessionChanges } = parsed.data;
  if (denied) {
    return { error: badRequest('access_denied', denied.reason, 'denied-by-action') };
  }
  const asked = { context, hasSession: subject.session !== undefined, sessionChanges };
  for (const check of orderedPostLoginChecks) {
    const failure = check(asked);
    if (failure !== undefined) {
      return failed(context, failure);
    }
  }
  return { result: parsed.data };
};

/**
 * Runs the Actions that are bound to post-login, in order, as Auth0 does at every sign-in, silent
 * sign-in, refresh, session transfer exchange and redemption. The first refusal ends it; what a later
 * Action sets goes over what an earlier one did.
 *
 * @see Auth0 documentation, "Actions Triggers: post-login"
 */
export const runPostLogin = async (
  context: TenantContext,
  subject: PostLoginSubject,
): Promise<PostLogin> => {
  const { data, action } = context.directory;
  const claims: CustomClaims = { idToken: {}, accessToken: {} };
  const sessionChanges: SessionChanges = { metadata: {} };
  let multifactor = false;
  for (const { action_id } of data.postLoginBindings) {
    const bound = action(action_id);
    if (!bound) {
      continue;
    }
    const ran = await runOne(context, bound, subject);
    if ('error' in ran) {
      return ran;
    }
    Object.assign(claims.idToken, allowedClaims(ran.result.idToken));
    Object.assign(claims.accessToken, allowedClaims(ran.result.accessToken));
    multifactor ||= ran.result.multifactor;
    const { metadata, expiresAt } = ran.result.sessionChanges;
    Object.assign(sessionChanges.metadata, metadata);
    if (expiresAt !== undefined) {
      sessionChanges.expiresAt = expiresAt;
    }
  }
  const impossible = multifactor ? challengeImpossible(context, subject) : undefined;
  return impossible ? { error: impossible } : { claims, sessionChanges, multifactor };
};
