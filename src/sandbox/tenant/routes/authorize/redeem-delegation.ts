import type { Context } from 'hono';
import type { AuthorizationRequest } from '../../checks/authorize/authorization-request.ts';
import { orderedRedemptionChecks } from '../../checks/redemption/ordered-redemption-checks.ts';
import {
  type Redemption,
  type RedemptionRefusal,
  refusedDelegation,
} from '../../checks/redemption/redemption-check.ts';
import type { TenantContext, TenantEnv } from '../../context.ts';
import type { Session, SessionTransferToken } from '../../memory.ts';
import { errorPage } from '../../pages/error-page.ts';
import { describeCaller } from '../../read-parameters.ts';
import { changeSession } from '../../sessions/change-session.ts';
import { setSessionCookies } from '../../sessions/session-cookies.ts';
import { startSession } from '../../sessions/start-session.ts';
import { showLoginPage } from '../sign-in/show-login-page.ts';
import { answerClient } from './answer-client.ts';
import { askPostLogin, completeAuthorization } from './complete-authorization.ts';
import { logRefusedRedemption } from './log-refused-redemption.ts';

/** Answers a refused redemption as its refusal says. */
export const answerRefusal = (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
  refusal: RedemptionRefusal,
): Response | Promise<Response> => {
  switch (refusal.answer) {
    case 'login_page':
      return showLoginPage(c, context, request);
    case 'redirect':
      return answerClient(c, request, {
        error: refusal.error,
        error_description: refusal.description,
      });
    case 'error_page':
      return errorPage(c, refusal);
  }
};

/**
 * Turns a delegation's token into a session as the customer with the agent as its actor, after
 * every check in its order and then the post-login Action, or refuses.
 *
 * @see Auth0 documentation, "Session Delegation", redemption
 */
export const redeemDelegation = async (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
  token: SessionTransferToken,
  existing: Session | undefined,
): Promise<Response> => {
  const caller = describeCaller(c);
  const user = context.directory.users.get(token.userId);
  const wasUsed = token.used;
  token.used = true;
  const redemption: Redemption = { context, caller, request, token, wasUsed, user, existing };
  const refuse = (refusal: RedemptionRefusal) => {
    token.used = wasUsed || !context.choices.refusedTokenStaysUsable;
    logRefusedRedemption(
      context,
      { client: request.client, caller, correlationId: request.correlationId, user, token },
      refusal,
    );
    return answerRefusal(c, context, request, refusal);
  };
  for (const check of orderedRedemptionChecks) {
    const refusal = check(redemption);
    if (refusal) {
      return refuse(refusal);
    }
  }
  if (!user) {
    return refuse(
      refusedDelegation(context, 'access_denied', 'user-unavailable', 'The user is gone.'),
    );
  }

  const pending = {
    id: context.randomToken(24),
    connection: token.connection,
    actor: token.actor,
  };
  const postLogin = await askPostLogin(context, caller, request, user, pending, token);
  if ('error' in postLogin) {
    const { error, description, type = 'failed-action' } = postLogin.error;
    return refuse({ answer: 'redirect', error, type, description, status: 403 });
  }
  const session = startSession(context, caller, {
    ...pending,
    userId: user.user_id,
    organizationId: request.organization?.id,
    fromSessionTransfer: true,
    methods: [],
  });
  changeSession(session, postLogin.sessionChanges);
  setSessionCookies(c, session);
  context.log.write({
    type: 'sdel',
    client: request.client,
    user,
    organization: request.organization,
    connection: token.connection,
    sessionId: session.id,
    actor: token.actor,
    correlationId: request.correlationId,
    fromSessionTransfer: true,
    ip: caller.ip,
    userAgent: caller.userAgent,
    hostname: caller.domain.hostname,
  });
  return completeAuthorization(c, context, request, session, postLogin.claims);
};
