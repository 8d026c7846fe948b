import type { Context } from 'hono';
import type { AuthorizationRequest } from '../../checks/authorize/authorization-request.ts';
import { organizationAdmits } from '../../checks/authorize/organization-admits.ts';
import { neededInteraction } from '../../checks/interaction/needed-interaction.ts';
import type { TenantContext, TenantEnv } from '../../context.ts';
import type { Proven } from '../../memory.ts';
import type { TenantUser } from '../../model.ts';
import type { OAuthError } from '../../oauth-error.ts';
import { describeCaller } from '../../read-parameters.ts';
import { changeSession } from '../../sessions/change-session.ts';
import { endSession } from '../../sessions/end-session.ts';
import { currentSession, setSessionCookies } from '../../sessions/session-cookies.ts';
import { startSession } from '../../sessions/start-session.ts';
import { answerClient } from '../authorize/answer-client.ts';
import { askPostLogin, completeAuthorization } from '../authorize/complete-authorization.ts';
import { showLoginPage } from './show-login-page.ts';
import { showPrompt } from './show-prompt.ts';
import { signOnSilently } from './sign-on-silently.ts';

const loggable = (
  c: Context<TenantEnv>,
  request: AuthorizationRequest,
  user: TenantUser,
  { connection }: Proven,
) => {
  const caller = describeCaller(c);
  return {
    client: request.client,
    user,
    organization: request.organization,
    connection,
    correlationId: request.correlationId,
    ip: caller.ip,
    userAgent: caller.userAgent,
    hostname: caller.domain.hostname,
  };
};

/** Tells the client, and the log, why somebody who is known is not let in. */
export const refuseSignIn = (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
  proven: Proven,
  { error, description, type }: OAuthError,
): Response | Promise<Response> => {
  const user = context.directory.users.get(proven.userId);
  context.log.write({
    ...(user && loggable(c, request, user, proven)),
    type: 'f',
    description,
    error: { code: error, type },
  });
  return answerClient(c, request, { error, error_description: description });
};

const signIn = async (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
  user: TenantUser,
  proven: Proven,
): Promise<Response> => {
  const caller = describeCaller(c);
  const pending = {
    id: proven.decided?.sessionId ?? context.randomToken(24),
    connection: proven.connection,
    actor: undefined,
  };
  const postLogin = proven.decided ?? (await askPostLogin(context, caller, request, user, pending));
  if ('error' in postLogin) {
    return refuseSignIn(c, context, request, proven, postLogin.error);
  }
  if (postLogin.multifactor && !proven.secondFactor) {
    const decided = { ...postLogin, sessionId: pending.id };
    return showPrompt(c, context, request, { ...proven, decided }, 'multifactor');
  }
  const previous = currentSession(context, c);
  if (previous) {
    endSession(context, previous, 'session-revoked');
  }
  const session = startSession(context, caller, {
    ...pending,
    userId: user.user_id,
    organizationId: request.organization?.id,
    fromSessionTransfer: false,
    methods: proven.methods,
  });
  changeSession(session, postLogin.sessionChanges);
  user.logins_count += 1;
  user.last_login = new Date(context.clock()).toISOString();
  setSessionCookies(c, session);
  context.log.write({
    ...loggable(c, request, user, proven),
    type: 's',
    sessionId: session.id,
  });
  const { claims } = postLogin;
  return completeAuthorization(c, context, request, session, claims, proven.secondFactor);
};

/**
 * Goes on with somebody who is known: to the next prompt that they need, or to the client, in a new
 * session or in the one that they came with.
 */
export const continueSignIn = (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
  proven: Proven,
): Response | Promise<Response> => {
  const user = context.directory.users.get(proven.userId);
  if (!user || user.blocked === true) {
    return showLoginPage(c, context, request);
  }
  const refused = organizationAdmits(request.organization, user, proven.connection);
  if (refused) {
    return refuseSignIn(c, context, request, proven, refused);
  }
  const { methods, sessionId } = proven;
  const interaction = neededInteraction({ context, client: request.client, user, methods });
  if (interaction) {
    return showPrompt(c, context, request, proven, interaction);
  }
  if (sessionId === undefined) {
    return signIn(c, context, request, user, proven);
  }
  const session = currentSession(context, c);
  if (session?.id !== sessionId) {
    return showLoginPage(c, context, request);
  }
  session.methods = methods;
  return signOnSilently(c, context, request, session, user, proven);
};
