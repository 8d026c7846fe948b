import { limitFetch } from '../../src/backend/adapters/auth0/limited-fetch.ts';
import { createManagementClient } from '../../src/backend/adapters/auth0/management/management.ts';
import { createAuth0Directory } from '../../src/backend/adapters/directory/auth0-directory.ts';
import { runForAgent } from '../../src/backend/current-agent.ts';
import { SearchSupersededError } from '../../src/backend/ports/customer-directory.ts';
import { agentIdSchema } from '../../src/contract/ids.ts';
import { seededRandom } from '../../src/sandbox/people/seeded-random.ts';
import { createVirtualTime } from './virtual-time.ts';

/** What is simulated. */
export type TypingRun = {
  readonly agents: number;
  /** Each agent begins to type at some time within so long. */
  readonly withinMilliseconds: number;
  readonly callsPerSecond: number;
  readonly seed: number;
};

/** What became of it. Times are milliseconds. */
export type TypingResult = {
  /** Of each agent, from the request for the final text to its answer; only those that were answered. */
  readonly finalMilliseconds: readonly number[];
  /** Requests for a final text that were answered with an error. */
  readonly finalErrors: number;
  readonly requests: number;
  readonly superseded: number;
  /** Requests before the final text that were answered with an error. */
  readonly earlierErrors: number;
  readonly tenantCalls: number;
  readonly mostCallsInASecond: number;
};

/** How long the tenant takes for a search. */
const TENANT_MILLISECONDS = 150;
/** The popup's own: a pause in typing that is shorter makes no request. */
const DEBOUNCE_MILLISECONDS = 120;
const NAMES = ['nora lindqvist', 'sofia ricci', 'isla macleod', 'bo li', 'zoe fox', 'uma patel'];

/**
 * Lets agents type names, letter after letter, each pausing 60 to 260 ms, into the directory over the limiter of tenant
 * calls, in virtual time. Every agent's name has letters of its own, so that no answer serves two.
 */
export const simulateTyping = async (run: TypingRun): Promise<TypingResult> => {
  const random = seededRandom(run.seed);
  const time = createVirtualTime(Date.parse('2026-03-01T12:00:00Z'));
  const calls: number[] = [];
  const send: typeof fetch = async (input) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    if (pathname === '/oauth/token') {
      return Response.json({ access_token: 'token', expires_in: 86_400, token_type: 'Bearer' });
    }
    calls.push(time.clock().getTime());
    await time.delay(TENANT_MILLISECONDS);
    return Response.json({ start: 0, limit: 40, length: 0, total: 0, users: [] });
  };
  const directory = createAuth0Directory({
    management: createManagementClient({
      domain: 'tenant.example',
      clientId: 'client',
      authentication: { method: 'client_secret', clientSecret: 'secret' },
      fetch: limitFetch(send, { ...time, callsPerSecond: run.callsPerSecond }),
    }),
    connections: ['customers'],
    metadataKey: 'understudy_protected',
    externalIdField: 'external_id',
    attributes: {},
    clock: time.clock,
  });

  const finalMilliseconds: number[] = [];
  let finalErrors = 0;
  let requests = 0;
  let superseded = 0;
  let earlierErrors = 0;

  const search = async (term: string, isFinal: boolean): Promise<void> => {
    const askedAt = time.clock().getTime();
    requests += 1;
    try {
      await directory.search(term, 20);
      if (isFinal) {
        finalMilliseconds.push(time.clock().getTime() - askedAt);
      }
    } catch (error) {
      if (error instanceof SearchSupersededError) {
        superseded += 1;
      } else if (isFinal) {
        finalErrors += 1;
      } else {
        earlierErrors += 1;
      }
    }
  };

  const type = async (agent: number): Promise<void> => {
    const text = `${NAMES[agent % NAMES.length]}${agent}`;
    await time.delay(random() * run.withinMilliseconds);
    const under: Promise<void>[] = [];
    for (let length = 2; length <= text.length; length += 1) {
      const pause = 60 + random() * 200;
      const isFinal = length === text.length;
      if (isFinal || pause > DEBOUNCE_MILLISECONDS) {
        await time.delay(DEBOUNCE_MILLISECONDS);
        under.push(search(`${agent} ${text.slice(0, length)}`, isFinal));
        await time.delay(Math.max(0, pause - DEBOUNCE_MILLISECONDS));
      } else {
        await time.delay(pause);
      }
    }
    await Promise.all(under);
  };

  const everybody = Array.from({ length: run.agents }, (_, agent) =>
    runForAgent(agentIdSchema.parse(`auth0|agent-${agent}`), () => type(agent)),
  );
  await time.run(Promise.all(everybody));
  return {
    finalMilliseconds: finalMilliseconds.toSorted((a, b) => a - b),
    finalErrors,
    requests,
    superseded,
    earlierErrors,
    tenantCalls: calls.length,
    mostCallsInASecond: Math.max(
      ...calls.map((from) => calls.filter((at) => at >= from && at < from + 1000).length),
    ),
  };
};
