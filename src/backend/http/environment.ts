import type { Context } from 'hono';
import type { Caller } from '../launch/dependencies.ts';
import type { Agent } from '../ports/agent.ts';

/** What middleware hands down: request id and address always, the agent behind `authenticate`. */
export type HttpEnvironment = {
  Variables: { requestId: string; agentIp: string; agent: Agent };
};

export type HttpContext = Context<HttpEnvironment>;

/** Who asks; only behind `authenticate`. */
export const callerOf = (c: HttpContext): Caller => ({
  agent: c.get('agent'),
  agentIp: c.get('agentIp'),
  requestId: c.get('requestId'),
});
