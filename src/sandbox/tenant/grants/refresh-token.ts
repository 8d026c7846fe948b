import { runPostLogin } from '../actions/run-post-login.ts';
import type { RefreshToken } from '../memory.ts';
import { badRequest } from '../oauth-error.ts';
import { revokeFamily } from '../sessions/revoke-family.ts';
import { issueTokens } from '../tokens/issue-tokens.ts';
import { type GrantAnswer, type GrantHandler, type GrantRequest, invalidGrant } from './grant.ts';
import { sessionTransferResponse } from './session-transfer-response.ts';

const narrowed = (requested: string | undefined, granted: string[]): string[] => {
  const wanted = requested?.split(' ').filter(Boolean);
  return wanted ? granted.filter((scope) => wanted.includes(scope)) : granted;
};

const refresh = async (
  request: GrantRequest,
  presented: string,
  record: RefreshToken | undefined,
): Promise<GrantAnswer> => {
  const { context, client, parameters, caller, ip } = request;
  if (!presented) {
    return { error: badRequest('invalid_request', 'Missing required parameter: refresh_token') };
  }
  if (!record || record.clientId !== client.client_id || record.origin !== caller.domain.origin) {
    return invalidGrant(context, 'Unknown or invalid refresh token.');
  }
  if (record.replaced) {
    revokeFamily(context, record.family);
    return invalidGrant(context, 'Unknown or invalid refresh token.');
  }
  const user = context.directory.users.get(record.userId);
  if (!user || user.blocked === true) {
    return invalidGrant(context, 'The user is not available.');
  }

  const audience = parameters['audience'];
  const forSession = audience === caller.domain.sessionTransferAudience;
  if (forSession && client.session_transfer?.can_create_session_transfer_token !== true) {
    return {
      error: badRequest(
        context.choices.sessionTransferDisabledCode,
        'The client may not create session transfer tokens.',
      ),
    };
  }
  if (forSession && record.fromSessionTransfer) {
    return {
      error: badRequest(
        'invalid_request',
        'A session from a session transfer cannot make another.',
      ),
    };
  }
  if (audience !== undefined && !forSession && audience !== record.audience) {
    return { error: badRequest('invalid_request', 'The audience was not granted.') };
  }

  const organization = record.organizationId
    ? context.directory.organization(record.organizationId)
    : undefined;
  const scopes = narrowed(parameters['scope'], record.scopes);
  const postLogin = await runPostLogin(context, {
    caller,
    ip,
    client,
    user,
    connection: record.connection,
    organization,
    scopes,
    audience: audience ?? record.audience,
    protocol: 'oauth2-refresh-token',
    query: {},
    body: {},
  });
  if ('error' in postLogin) {
    return postLogin;
  }

  const tokens = await issueTokens(context, {
    grant: { ...record, scopes },
    client,
    user,
    domain: caller.domain,
    claims: postLogin.claims,
  });
  const rotated = rotate(request, presented, record);
  if (!forSession) {
    return { tokens: { ...tokens, ...rotated } };
  }
  const idToken = tokens['id_token'];
  return {
    tokens: {
      ...sessionTransferResponse(context, {
        userId: user.user_id,
        connection: record.connection,
        ip,
        origin: caller.domain.origin,
        clientId: client.client_id,
        scope: scopes.join(' '),
        userAgent: caller.userAgent,
        organizationId: record.organizationId,
        refreshFamily:
          client.session_transfer?.enforce_cascade_revocation === false ? undefined : record.family,
      }),
      ...(idToken !== undefined && { id_token: idToken }),
      ...rotated,
    },
  };
};

const rotate = (
  { context, client }: GrantRequest,
  presented: string,
  record: RefreshToken,
): { refresh_token?: string } => {
  if (client.refresh_token?.rotation_type !== 'rotating') {
    return {};
  }
  const next = context.randomToken(32);
  context.memory.refreshTokens.set(presented, { ...record, replaced: true });
  context.memory.refreshTokens.set(next, record);
  return { refresh_token: next };
};

/**
 * Refreshes with rotation: a token used twice ends its whole family. With this domain's session
 * transfer audience it gives a session transfer token of the token's own user (Native to Web SSO).
 *
 * @see RFC 9700 §4.14.2; Auth0 documentation, "Refresh Token Rotation", "Native to Web SSO"
 */
export const refreshToken: GrantHandler = async (request) => {
  const { context, parameters, client, caller } = request;
  const presented = parameters['refresh_token'] ?? '';
  const record = context.memory.refreshTokens.get(presented);
  const answer = await refresh(request, presented, record);
  context.log.write({
    type: 'error' in answer ? 'fertft' : 'sertft',
    description: 'error' in answer ? answer.error.description : undefined,
    client,
    user: record && context.directory.users.get(record.userId),
    connection: record?.connection,
    sessionId: record?.sessionId,
    audience: parameters['audience'],
    ip: request.ip,
    userAgent: caller.userAgent,
    hostname: caller.domain.hostname,
  });
  return answer;
};
