import type { Context } from 'hono';
import type { PostLoginSubject } from '../../actions/post-login-event.ts';
import { type PostLogin, runPostLogin } from '../../actions/run-post-login.ts';
import type { AuthorizationRequest } from '../../checks/authorize/authorization-request.ts';
import type { Caller, TenantContext, TenantEnv } from '../../context.ts';
import type { CustomClaims, Session, SessionTransferToken } from '../../memory.ts';
import type { TenantUser } from '../../model.ts';
import { describeCaller } from '../../read-parameters.ts';
import { joinSession } from '../../sessions/join-session.ts';
import { answerClient } from './answer-client.ts';

const CODE_LIFETIME_IN_MILLISECONDS = 60_000;

/** Runs the post-login Action for an authorization request in a session that is, or is to be. */
export const askPostLogin = (
  context: TenantContext,
  caller: Caller,
  request: AuthorizationRequest,
  user: TenantUser,
  session: Pick<Session, 'id' | 'connection' | 'actor'>,
  sessionTransferToken?: SessionTransferToken,
): Promise<PostLogin> => {
  const { session_transfer_token: _secret, ...query } = request.parameters;
  const subject: PostLoginSubject = {
    caller,
    ip: caller.ip,
    client: request.client,
    user,
    connection: session.connection,
    organization: request.organization,
    scopes: request.scopes,
    audience: request.parameters['audience'],
    protocol: 'oidc-basic-profile',
    query,
    body: {},
    session: { id: session.id, actor: session.actor },
    sessionTransferToken,
    correlationId: request.correlationId,
  };
  return runPostLogin(context, subject);
};

/**
 * Hands the client a code for the session; `secondFactor` says that one was given in this very sign-in. A session from a session transfer keeps no refresh
 * token unless the client allows it, a delegated one never; nor does one for an API without offline
 * access.
 */
export const completeAuthorization = (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
  session: Session,
  claims: CustomClaims,
  secondFactor?: boolean,
): Response | Promise<Response> => {
  const { audience } = request.parameters;
  const api = audience === undefined ? undefined : context.directory.resourceServer(audience);
  const mayStayOffline =
    session.actor === undefined &&
    api?.allow_offline_access !== false &&
    (!session.fromSessionTransfer || request.client.session_transfer?.allow_refresh_token === true);
  joinSession(session, request.client, describeCaller(c), context.clock());
  const code = context.randomToken(32);
  context.memory.codes.set(code, {
    clientId: request.client.client_id,
    userId: session.userId,
    connection: session.connection,
    origin: session.origin,
    scopes: request.scopes.filter((scope) => scope !== 'offline_access' || mayStayOffline),
    audience: request.parameters['audience'],
    organizationId: request.organization?.id,
    sessionId: session.id,
    actor: session.actor,
    authTime: session.createdAt,
    fromSessionTransfer: session.fromSessionTransfer,
    redirectUri: request.redirectUri,
    codeChallenge: request.parameters['code_challenge'],
    nonce: request.parameters['nonce'],
    claims,
    secondFactor: secondFactor === true,
    correlationId: request.correlationId,
    expiresAt: context.clock() + CODE_LIFETIME_IN_MILLISECONDS,
  });
  return answerClient(c, request, { code });
};
