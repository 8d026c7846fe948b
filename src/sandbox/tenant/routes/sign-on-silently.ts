import type { Context } from 'hono';
import type { AuthorizationRequest } from '../checks/authorize/authorization-request.ts';
import { organizationAdmits } from '../checks/authorize/organization-admits.ts';
import type { TenantContext, TenantEnv } from '../context.ts';
import type { Session } from '../memory.ts';
import type { TenantUser } from '../model.ts';
import { describeCaller } from '../read-parameters.ts';
import { answerClient } from './answer-client.ts';
import { askPostLogin, completeAuthorization } from './complete-authorization.ts';

/** The user for whom a session answers this request without a login page, or undefined. */
export const userOfFittingSession = (
  context: TenantContext,
  request: AuthorizationRequest,
  session: Session,
): TenantUser | undefined => {
  const { directory, choices } = context;
  const user = directory.users.get(session.userId);
  if (!user || user.blocked === true) return undefined;
  if (!directory.isConnectionEnabled(session.connection, request.client)) return undefined;
  if (organizationAdmits(request.organization, user, session.connection)) return undefined;
  if (!session.actor) return user;
  const delegation = request.client.session_transfer?.delegation;
  return choices.delegatedSessionSignsOnElsewhere && delegation?.allow_delegated_access === true
    ? user
    : undefined;
};

/** Answers from an existing session; the post-login Action may still refuse. */
export const signOnSilently = async (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
  session: Session,
  user: TenantUser,
): Promise<Response> => {
  const caller = describeCaller(c);
  const postLogin = await askPostLogin(context, caller, request, user, session);
  const failed = 'error' in postLogin;
  const delegated = session.actor !== undefined;
  context.log.write({
    type: delegated ? (failed ? 'fdelsa' : 'sdelsa') : failed ? 'fsa' : 'ssa',
    description: failed ? postLogin.error.description : undefined,
    client: request.client,
    user,
    organization: request.organization,
    connection: session.connection,
    sessionId: session.id,
    actor: session.actor,
    ip: caller.ip,
    userAgent: caller.userAgent,
    hostname: caller.domain.hostname,
  });
  if (failed) {
    return answerClient(c, request, {
      error: postLogin.error.error,
      error_description: postLogin.error.description,
    });
  }
  return completeAuthorization(c, context, request, session, postLogin.claims);
};
