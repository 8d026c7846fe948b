import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import { createAgentClient, signIn } from './agent-client.ts';

/**
 * Ends every session of the agent that the backend still counts as active: what one file left open must
 * not be another's existing session.
 */
export const endAllSessions = async (endpoints: Endpoints): Promise<void> => {
  const agent = createAgentClient(endpoints, await signIn(endpoints, endpoints.accounts.agent));
  const { body } = await agent.get('/v1/launches?state=active');
  for (const { id } of body.launches) {
    await agent.post(`/v1/launches/${id}/end`, {});
  }
};
