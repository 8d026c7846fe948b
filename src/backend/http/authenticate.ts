import { createMiddleware } from 'hono/factory';
import type { AgentId } from '../../contract/ids.ts';
import type { Permission } from '../../contract/permissions.ts';
import { recordRefusedRequest } from '../launch/refused-request.ts';
import { refuseWithoutPermission } from '../policy/permission.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import type { Ledger } from '../ports/ledger.ts';
import { isRefusal, refuse } from '../refusal.ts';
import { callerOf, type HttpEnvironment } from './environment.ts';
import { problemResponse } from './problem-response.ts';

/** An access token beyond this many characters is not looked at. */
const MAX_TOKEN_CHARACTERS = 16_384;

/**
 * Lets only requests with a verified access token pass, and names the agent.
 * @see RFC 6750 §2.1; tokens in the query or the body are not read
 */
export const authenticate = (identityProvider: Pick<IdentityProvider, 'verifyAccessToken'>) =>
  createMiddleware<HttpEnvironment>(async (c, next) => {
    const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    if (!token || token.length > MAX_TOKEN_CHARACTERS) {
      return problemResponse(
        c,
        refuse('unauthenticated', 'No access token came with the request.'),
      );
    }
    const agent = await identityProvider.verifyAccessToken(token);
    if (isRefusal(agent)) return problemResponse(c, agent);
    c.set('agent', agent);
    return next();
  });

/** Lets an agent pass as often as the rate allows. What is over it leaves no row in the ledger. */
export const limitRate = (withinRate: (agentId: AgentId) => boolean) =>
  createMiddleware<HttpEnvironment>(async (c, next) =>
    withinRate(c.get('agent').id)
      ? next()
      : problemResponse(c, refuse('rate_limited', 'You have asked too often in the last minute.')),
  );

/** Lets only agents with the permission pass; a refusal is recorded in the ledger. */
export const requirePermission = (permission: Permission, ledger: Ledger) =>
  createMiddleware<HttpEnvironment>(async (c, next) => {
    const refusal = refuseWithoutPermission(c.get('agent'), permission);
    if (!refusal) return next();
    await recordRefusedRequest(ledger, callerOf(c), refusal);
    return problemResponse(c, refusal);
  });
