import { createMiddleware } from 'hono/factory';
import { runForAgent } from '../current-agent.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import { isRefusal, refuse } from '../refusal.ts';
import type { HttpEnvironment } from './environment.ts';
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
    if (isRefusal(agent)) {
      return problemResponse(c, agent);
    }
    c.set('agent', agent);
    return runForAgent(agent.id, next);
  });
