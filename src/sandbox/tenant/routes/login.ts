import type { Context, Hono } from 'hono';
import {
  type AuthorizationRequest,
  describeAuthorizationRequest,
} from '../checks/authorize/authorization-request.ts';
import { organizationAdmits } from '../checks/authorize/organization-admits.ts';
import type { TenantContext, TenantEnv } from '../context.ts';
import type { TenantUser } from '../model.ts';
import { errorPage } from '../pages/error-page.ts';
import { loginPage } from '../pages/login-page.ts';
import { describeCaller, readBody } from '../read-parameters.ts';
import { endSession } from '../sessions/end-session.ts';
import { currentSession, deviceOf, setSessionCookies } from '../sessions/session-cookies.ts';
import { startSession } from '../sessions/start-session.ts';
import { answerClient } from './answer-client.ts';
import { askPostLogin, completeAuthorization } from './complete-authorization.ts';

/** The parked request of this very browser, or undefined: that is what keeps forgeries out. */
const parkedRequest = (
  c: Context<TenantEnv>,
  context: TenantContext,
  state: string | undefined,
): AuthorizationRequest | undefined => {
  const transaction = context.memory.transactions.get(state ?? '');
  if (
    !transaction ||
    transaction.expiresAt <= context.clock() ||
    transaction.origin !== c.var.domain.origin ||
    transaction.device !== deviceOf(c)
  ) {
    return undefined;
  }
  const client = context.directory.clients.get(transaction.parameters['client_id'] ?? '');
  return client && describeAuthorizationRequest(context, client, transaction.parameters);
};

const unknownTransaction = (c: Context<TenantEnv>) =>
  errorPage(c, {
    error: 'invalid_request',
    description: 'This sign-in is no longer valid. Go back to the application and start again.',
    status: 400,
  });

const signIn = async (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
  user: TenantUser,
  connection: string,
): Promise<Response> => {
  const caller = describeCaller(c);
  const pending = { id: context.randomToken(24), connection, actor: undefined };
  const refused = organizationAdmits(request.organization, user, connection);
  const postLogin = refused
    ? { error: refused }
    : await askPostLogin(context, caller, request, user, pending);
  const shared = {
    client: request.client,
    user,
    organization: request.organization,
    connection,
    ip: caller.ip,
    userAgent: caller.userAgent,
    hostname: caller.domain.hostname,
  };
  if ('error' in postLogin) {
    const { error, description, type } = postLogin.error;
    context.log.write({ ...shared, type: 'f', description, error: { code: error, type } });
    return answerClient(c, request, { error, error_description: description });
  }
  const previous = currentSession(context, c);
  if (previous) endSession(context, previous, 'session-revoked');
  const session = startSession(context, caller, {
    ...pending,
    userId: user.user_id,
    organizationId: request.organization?.id,
    fromSessionTransfer: false,
    methods: [{ name: 'pwd', at: context.clock() }],
  });
  user.logins_count += 1;
  user.last_login = new Date(context.clock()).toISOString();
  setSessionCookies(c, session);
  context.log.write({ ...shared, type: 's', sessionId: session.id });
  return completeAuthorization(c, context, request, session, postLogin.claims);
};

/** The login page: shows the form, and takes it back from the same browser only. */
export const loginRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  app.get('/u/login', (c) => {
    const state = c.req.query('state') ?? '';
    const request = parkedRequest(c, context, state);
    if (!request) return unknownTransaction(c);
    return loginPage(c, { request, state, email: request.parameters['login_hint'] ?? '' });
  });

  app.post('/u/login', async (c) => {
    const body = await readBody(c);
    const state = body?.['state'] ?? c.req.query('state') ?? '';
    const request = parkedRequest(c, context, state);
    const site = c.req.header('sec-fetch-site');
    if (!body || !request || (site !== undefined && site !== 'same-origin')) {
      return unknownTransaction(c);
    }
    const email = body['username'] ?? '';
    const found = context.directory.userByPassword(
      request.client,
      email,
      body['password'] ?? '',
      request.parameters['connection'],
    );
    if (!found) {
      context.log.write({
        type: 'fp',
        client: request.client,
        ip: c.env.ip,
        hostname: c.var.domain.hostname,
      });
      return loginPage(c, { request, state, email, failure: 'Wrong email or password.' });
    }
    context.memory.transactions.delete(state);
    return signIn(c, context, request, found.user, found.connection);
  });
};
