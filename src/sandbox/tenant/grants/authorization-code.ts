import { createHash } from 'node:crypto';
import type { AuthorizationCode } from '../memory.ts';
import { badRequest } from '../oauth-error.ts';
import { issueTokens } from '../tokens/issue-tokens.ts';
import { type GrantAnswer, type GrantHandler, type GrantRequest, invalidGrant } from './grant.ts';

const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

const exchange = async (
  { context, client, parameters, caller }: GrantRequest,
  code: AuthorizationCode | undefined,
): Promise<GrantAnswer> => {
  if (!parameters['code']) {
    return { error: badRequest('invalid_request', 'Missing required parameter: code') };
  }
  if (!code || code.clientId !== client.client_id || code.expiresAt <= context.clock()) {
    return invalidGrant(context, 'Invalid authorization code');
  }
  if (parameters['redirect_uri'] !== code.redirectUri) {
    return invalidGrant(context, 'The redirect_uri is not the one of the authorization request.');
  }
  if (code.origin !== caller.domain.origin) {
    return invalidGrant(context, 'The code is of another domain.');
  }
  const verifier = parameters['code_verifier'];
  const verifies =
    code.codeChallenge === undefined
      ? verifier === undefined
      : verifier !== undefined && challengeOf(verifier) === code.codeChallenge;
  if (!verifies) {
    return invalidGrant(context, 'Failed to verify code verifier');
  }
  const user = context.directory.users.get(code.userId);
  if (!user || user.blocked === true) {
    return invalidGrant(context, 'The user is not available.');
  }

  const tokens = await issueTokens(context, {
    grant: code,
    client,
    user,
    domain: caller.domain,
    claims: code.claims,
    nonce: code.nonce,
    secondFactor: code.secondFactor,
  });
  if (!code.scopes.includes('offline_access')) {
    return { tokens };
  }
  const refreshToken = context.randomToken(32);
  const {
    redirectUri: _r,
    codeChallenge: _c,
    nonce: _n,
    claims: _k,
    secondFactor: _s,
    correlationId: _i,
    expiresAt: _e,
    ...grant
  } = code;
  context.memory.refreshTokens.set(refreshToken, {
    ...grant,
    family: context.randomToken(12),
    replaced: false,
  });
  return { tokens: { ...tokens, refresh_token: refreshToken } };
};

/**
 * Redeems an authorization code once, for its own client, redirect URI, domain and PKCE verifier.
 *
 * @see RFC 6749 §4.1.3, RFC 7636 §4.6
 */
export const authorizationCode: GrantHandler = async (request) => {
  const { context, parameters, client, caller } = request;
  const presented = parameters['code'] ?? '';
  const code = context.memory.codes.get(presented);
  context.memory.codes.delete(presented);
  const answer = await exchange(request, code);
  const delegated = code?.actor !== undefined;
  const failed = 'error' in answer;
  context.log.write({
    type: delegated ? (failed ? 'fdeleacft' : 'sdeleacft') : failed ? 'feacft' : 'seacft',
    description: failed ? answer.error.description : undefined,
    client,
    user: code && context.directory.users.get(code.userId),
    connection: code?.connection,
    organization: code?.organizationId
      ? context.directory.organization(code.organizationId)
      : undefined,
    sessionId: code?.sessionId,
    actor: code?.actor,
    audience: code?.audience,
    correlationId: code?.correlationId,
    ip: request.ip,
    userAgent: caller.userAgent,
    hostname: caller.domain.hostname,
  });
  return answer;
};
