import type { Context } from 'hono';
import type { AuthorizationRequest } from '../checks/authorize/authorization-request.ts';
import { organizationAdmits } from '../checks/authorize/organization-admits.ts';
import { organizationUsage } from '../checks/authorize/organization-usage.ts';
import type { TenantContext, TenantEnv } from '../context.ts';
import type { Session, SessionTransferToken } from '../memory.ts';
import { describeCaller } from '../read-parameters.ts';
import { endSession } from '../sessions/end-session.ts';
import { clearSessionCookies, setSessionCookies } from '../sessions/session-cookies.ts';
import { startSession } from '../sessions/start-session.ts';
import { answerClient } from './answer-client.ts';
import { askPostLogin, completeAuthorization } from './complete-authorization.ts';
import { showLoginPage } from './show-login-page.ts';

/** How a session transfer token travelled to `/authorize`. */
export type Delivery = 'query' | 'cookie';

const isUsable = (
  context: TenantContext,
  request: AuthorizationRequest,
  token: SessionTransferToken,
  ip: string,
  delivery: Delivery,
): boolean => {
  const settings = request.client.session_transfer;
  return (
    // A delegation comes in the query only; here it would lose its actor.
    token.actor === undefined &&
    !token.used &&
    token.expiresAt > context.clock() &&
    settings?.allowed_authentication_methods?.includes(delivery) === true &&
    // Every local address is of one autonomous system, so `asn` never differs here.
    ((settings.enforce_device_binding ?? 'ip') !== 'ip' || token.ip === ip) &&
    context.directory.isConnectionEnabled(token.connection, request.client)
  );
};

/**
 * Signs in the token's own user. An unusable token gives the login page; the same user's session is
 * kept, another user's is ended first.
 *
 * @see Auth0 documentation, "Native to Web SSO"
 */
export const redeemNativeToWeb = async (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
  token: SessionTransferToken,
  existing: Session | undefined,
  delivery: Delivery,
): Promise<Response> => {
  const caller = describeCaller(c);
  const user = context.directory.users.get(token.userId);
  const usable = isUsable(context, request, token, caller.ip, delivery);
  token.used = true;
  if (!usable || !user || user.blocked === true) return showLoginPage(c, context, request);

  const organizationError =
    organizationUsage(request, context) ??
    organizationAdmits(request.organization, user, token.connection);
  if (organizationError) {
    return answerClient(c, request, {
      error: organizationError.error,
      error_description: organizationError.description,
    });
  }
  if (existing && (existing.userId !== user.user_id || existing.actor)) {
    endSession(context, existing, 'session-revoked');
    clearSessionCookies(c);
    if (context.choices.nativeToWebOverOtherSession === 'login_page') {
      return showLoginPage(c, context, request);
    }
  }
  const kept = existing?.userId === user.user_id && !existing.actor ? existing : undefined;
  const pending = kept ?? {
    id: context.randomToken(24),
    connection: token.connection,
    actor: undefined,
  };
  const postLogin = await askPostLogin(context, caller, request, user, pending, token);
  if ('error' in postLogin) {
    return answerClient(c, request, {
      error: postLogin.error.error,
      error_description: postLogin.error.description,
    });
  }
  const session =
    kept ??
    startSession(context, caller, {
      ...pending,
      userId: user.user_id,
      organizationId: request.organization?.id,
      refreshFamily: token.refreshFamily,
      fromSessionTransfer: true,
      methods: [],
    });
  setSessionCookies(c, session);
  context.log.write({
    type: 's',
    description: 'Session transfer',
    client: request.client,
    user,
    organization: request.organization,
    connection: session.connection,
    sessionId: session.id,
    ip: caller.ip,
    userAgent: caller.userAgent,
    hostname: caller.domain.hostname,
  });
  return completeAuthorization(c, context, request, session, postLogin.claims);
};
