import type { IssuedLaunch } from '../../../contract/launch.ts';
import type { LaunchRequestMessage } from '../../messages/launch/launch.ts';
import type { Outcome } from '../../messages/wire/outcome.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import type { TokenSet } from '../sign-in/agent-tokens.ts';

type Dependencies = {
  readonly client: BackendClient;
  readonly delay: (milliseconds: number) => Promise<void>;
};

/** A backend that shuts down takes no new launch. After this time, in milliseconds, another instance does. */
const RETRY_MILLISECONDS = 1_000;

/**
 * Makes the function that asks the backend for a session transfer token. A backend that shuts down is asked a
 * second time with the same id, for which it has recorded nothing.
 */
export const createRequestLaunch =
  ({ client, delay }: Dependencies) =>
  async (
    { id, customerId, targetAppId, organizationId, reason, ticket, grant }: LaunchRequestMessage,
    tokens: TokenSet,
  ): Promise<Outcome<IssuedLaunch>> => {
    const body = { id, customerId, targetAppId, organizationId, reason, ticket, grant };
    const send = () =>
      client('requestLaunch', { body: { ...body, actorToken: tokens.idToken } }, tokens);
    const answer = await send();
    if (answer.ok || answer.problem.code !== 'shutting_down') {
      return answer;
    }
    await delay(RETRY_MILLISECONDS);
    return send();
  };
