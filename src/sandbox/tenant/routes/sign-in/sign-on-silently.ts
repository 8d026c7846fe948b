import type { Context } from 'hono';
import type { AuthorizationRequest } from '../../checks/authorize/authorization-request.ts';
import { organizationAdmits } from '../../checks/authorize/organization-admits.ts';
import { neededInteraction } from '../../checks/interaction/needed-interaction.ts';
import { delegatedSessionReaches } from '../../checks/single-sign-on/delegated-session-reaches.ts';
import { isYoungEnough } from '../../checks/single-sign-on/young-enough.ts';
import type { Caller, TenantContext, TenantEnv } from '../../context.ts';
import type { Proven, Session } from '../../memory.ts';
import type { TenantUser } from '../../model.ts';
import { describeCaller } from '../../read-parameters.ts';
import { changeSession } from '../../sessions/change-session.ts';
import { answerClient } from '../authorize/answer-client.ts';
import { askPostLogin, completeAuthorization } from '../authorize/complete-authorization.ts';
import { showPrompt } from './show-prompt.ts';

const logSilentSignOn = (
  context: TenantContext,
  caller: Caller,
  request: AuthorizationRequest,
  session: Session,
  user: TenantUser,
  failure: string | undefined,
): void => {
  const delegated = session.actor !== undefined;
  const failed = failure !== undefined;
  context.log.write({
    type: delegated ? (failed ? 'fdelsa' : 'sdelsa') : failed ? 'fsa' : 'ssa',
    description: failure,
    client: request.client,
    user,
    organization: request.organization,
    connection: session.connection,
    sessionId: session.id,
    actor: session.actor,
    audience: request.parameters['audience'],
    ip: caller.ip,
    userAgent: caller.userAgent,
    hostname: caller.domain.hostname,
  });
};

/** The user for whom a session answers this request without a login page, or undefined. */
export const userOfFittingSession = (
  context: TenantContext,
  request: AuthorizationRequest,
  session: Session,
): TenantUser | undefined => {
  const { directory } = context;
  const user = directory.users.get(session.userId);
  if (!user || user.blocked === true || !isYoungEnough(context, request, session)) {
    return undefined;
  }
  if (!directory.isConnectionEnabled(session.connection, request.client)) {
    return undefined;
  }
  if (organizationAdmits(request.organization, user, session.connection)) {
    return undefined;
  }
  if (!session.actor) {
    return user;
  }
  return delegatedSessionReaches(context, session, request.client) ? user : undefined;
};

/**
 * Answers from an existing session, after the prompts that the person still needs. In a delegated
 * session, or with `prompt=none`, nobody can be asked.
 *
 * @see OpenID Connect Core §3.1.2.6
 */
export const continueInSession = (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
  session: Session,
  user: TenantUser,
): Response | Promise<Response> => {
  const { methods } = session;
  const interaction = neededInteraction({ context, client: request.client, user, methods });
  if (!interaction) {
    return signOnSilently(c, context, request, session, user);
  }
  if (!session.actor && request.parameters['prompt'] !== 'none') {
    const { userId, connection, id } = session;
    return showPrompt(
      c,
      context,
      request,
      { userId, connection, methods, sessionId: id },
      interaction,
    );
  }
  const error =
    interaction === 'consent' && !session.actor ? 'consent_required' : 'interaction_required';
  const description = interaction === 'consent' ? 'Consent required' : 'Multifactor required';
  logSilentSignOn(context, describeCaller(c), request, session, user, description);
  return answerClient(c, request, { error, error_description: description });
};

/** Answers from an existing session; the post-login Action may still refuse, or want a second factor first. */
export const signOnSilently = async (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
  session: Session,
  user: TenantUser,
  proven?: Proven,
): Promise<Response> => {
  const caller = describeCaller(c);
  const postLogin =
    proven?.decided ?? (await askPostLogin(context, caller, request, user, session));
  if ('multifactor' in postLogin && postLogin.multifactor && !proven?.secondFactor) {
    const { id, userId, connection, methods } = session;
    const decided = { ...postLogin, sessionId: id };
    const known = { userId, connection, methods, sessionId: id, decided };
    return showPrompt(c, context, request, known, 'multifactor');
  }
  const failure = 'error' in postLogin ? postLogin.error.description : undefined;
  logSilentSignOn(context, caller, request, session, user, failure);
  if ('error' in postLogin) {
    return answerClient(c, request, {
      error: postLogin.error.error,
      error_description: postLogin.error.description,
    });
  }
  changeSession(session, postLogin.sessionChanges);
  const { claims } = postLogin;
  return completeAuthorization(c, context, request, session, claims, proven?.secondFactor);
};
