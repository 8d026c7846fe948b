import type { Context } from 'hono';
import type { AuthorizationRequest } from '../../checks/authorize/authorization-request.ts';
import { organizationUsage } from '../../checks/authorize/organization-usage.ts';
import type { Delivery, OwnRedemption } from '../../checks/native-to-web/native-to-web-check.ts';
import { orderedNativeToWebChecks } from '../../checks/native-to-web/ordered-native-to-web-checks.ts';
import { singleSignOnWarnings } from '../../checks/redemption/single-sign-on-warnings.ts';
import type { TenantContext, TenantEnv } from '../../context.ts';
import type { Session, SessionTransferToken } from '../../memory.ts';
import { describeCaller } from '../../read-parameters.ts';
import { changeSession } from '../../sessions/change-session.ts';
import { endSession } from '../../sessions/end-session.ts';
import { clearSessionCookies, setSessionCookies } from '../../sessions/session-cookies.ts';
import { startSession } from '../../sessions/start-session.ts';
import { showLoginPage } from '../sign-in/show-login-page.ts';
import { answerClient } from './answer-client.ts';
import { askPostLogin, completeAuthorization } from './complete-authorization.ts';

const firstWarning = (redemption: OwnRedemption): string | undefined => {
  for (const check of orderedNativeToWebChecks) {
    const warning = check(redemption);
    if (warning !== undefined) {
      return warning;
    }
  }
  return undefined;
};

/**
 * Signs in the token's own user. An unusable token gives the login page and a warning in the log;
 * the same user's session is kept, another user's is ended first.
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
  const wasUsed = token.used;
  token.used = true;
  const warn = (description: string) =>
    context.log.write({
      type: 'w',
      description,
      client: request.client,
      user: description === singleSignOnWarnings.notFoundOrExpired ? undefined : user,
      connection: token.connection,
      ip: caller.ip,
      userAgent: caller.userAgent,
      hostname: caller.domain.hostname,
    });
  const usageError = organizationUsage(request, context);
  if (usageError) {
    return answerClient(c, request, {
      error: usageError.error,
      error_description: usageError.description,
    });
  }
  const redemption = { context, caller, request, token, wasUsed, delivery, user };
  const warning = firstWarning(redemption);
  if (warning !== undefined || !user) {
    warn(warning ?? singleSignOnWarnings.notFoundOrExpired);
    return showLoginPage(c, context, request);
  }
  if (existing && (existing.userId !== user.user_id || existing.actor)) {
    warn(singleSignOnWarnings.userMismatch);
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
  changeSession(session, postLogin.sessionChanges);
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
