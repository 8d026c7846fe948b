import type { PostLoginSubject } from '../actions/post-login-event.ts';
import { runPostLogin } from '../actions/run-post-login.ts';
import { actorRequired, checkActor } from '../checks/exchange/check-actor.ts';
import { asksForSessionTransfer } from '../checks/exchange/exchange-check.ts';
import { multifactorNotRequired } from '../checks/exchange/multifactor-not-required.ts';
import { orderedExchangeChecks } from '../checks/exchange/ordered-exchange-checks.ts';
import { resolveSubject } from '../checks/exchange/resolve-subject.ts';
import { verifyActorToken } from '../checks/exchange/verify-actor-token.ts';
import type { Actor, TenantOrganization, TenantUser } from '../model.ts';
import { issueTokens } from '../tokens/issue-tokens.ts';
import type { GrantAnswer, GrantHandler, GrantRequest } from './grant.ts';
import { runCustomTokenExchange } from './run-custom-token-exchange.ts';
import { sessionTransferResponse } from './session-transfer-response.ts';

/** What a log entry of the exchange can name by the time it ends. */
type Known = {
  actor?: Actor | undefined;
  user?: TenantUser | undefined;
  connection?: string | undefined;
  organization?: TenantOrganization | undefined;
};

const exchange = async (request: GrantRequest, known: Known): Promise<GrantAnswer> => {
  const { context, parameters, client, caller, ip } = request;
  for (const check of orderedExchangeChecks) {
    const error = check(request);
    if (error) {
      return { error };
    }
  }
  const organization = parameters['organization']
    ? context.directory.organization(parameters['organization'])
    : undefined;
  known.organization = organization;

  const verified = await verifyActorToken(request);
  if ('error' in verified) {
    return verified;
  }
  if (verified.user) {
    known.actor = { sub: verified.user.user_id };
  }

  const ran = await runCustomTokenExchange(request, organization, verified.user);
  if ('error' in ran) {
    return ran;
  }

  const checked = checkActor(ran.result.actor);
  if ('error' in checked) {
    return checked;
  }
  const { actor } = checked;
  if (!actor && asksForSessionTransfer(request)) {
    return { error: actorRequired(context.choices) };
  }
  known.actor = actor ?? known.actor;

  const resolved = resolveSubject(context, client, organization, ran.result.users);
  if ('error' in resolved) {
    return resolved;
  }
  const { user, connection } = resolved.subject;
  known.user = user;
  known.connection = connection;

  const multifactor = multifactorNotRequired(context, client, user, actor);
  if (multifactor) {
    return { error: multifactor };
  }

  const scopes = (parameters['scope'] ?? '').split(' ').filter(Boolean);
  const subject: PostLoginSubject = {
    caller,
    ip,
    client,
    user,
    connection,
    organization,
    scopes,
    audience: parameters['audience'],
    protocol: 'oauth2-token-exchange',
    query: {},
    body: {},
    transactionActor: actor,
  };
  const postLogin = await runPostLogin(context, subject);
  if ('error' in postLogin) {
    return postLogin;
  }

  if (asksForSessionTransfer(request)) {
    return {
      tokens: sessionTransferResponse(context, {
        userId: user.user_id,
        connection,
        actor,
        ip,
        origin: caller.domain.origin,
        clientId: client.client_id,
        scope: scopes.join(' '),
        userAgent: caller.userAgent,
        organizationId: organization?.id,
      }),
    };
  }
  const tokens = await issueTokens(context, {
    grant: {
      clientId: client.client_id,
      userId: user.user_id,
      connection,
      origin: caller.domain.origin,
      scopes: scopes.filter((scope) => scope !== 'offline_access'),
      audience: parameters['audience'],
      organizationId: organization?.id,
      sessionId: context.randomToken(16),
      actor,
      authTime: context.clock(),
      fromSessionTransfer: false,
    },
    client,
    user,
    domain: caller.domain,
    claims: postLogin.claims,
  });
  return {
    tokens: { ...tokens, issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' },
  };
};

/**
 * RFC 8693 token exchange as Auth0's Custom Token Exchange: the checks in their order, the actor
 * token, the Action, its outcome, the post-login Action, and then a session transfer token or,
 * for any other audience, an ordinary access token.
 *
 * @see Auth0 documentation, "Custom Token Exchange", "Session Delegation"
 */
export const tokenExchange: GrantHandler = async (request) => {
  const known: Known = {};
  const answer = await exchange(request, known);
  request.context.log.write({
    ...known,
    type: 'error' in answer ? 'fecte' : 'secte',
    description: 'error' in answer ? answer.error.description : undefined,
    error: 'error' in answer ? { code: answer.error.error, type: answer.error.type } : undefined,
    client: request.client,
    audience: request.parameters['audience'],
    subjectTokenType: request.parameters['subject_token_type'] ?? '',
    ip: request.ip,
    userAgent: request.caller.userAgent,
    hostname: request.caller.domain.hostname,
  });
  return answer;
};
