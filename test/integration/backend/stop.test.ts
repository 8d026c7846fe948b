import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { openPgliteLedger } from '../../../src/backend/adapters/ledger/pglite/pglite-ledger.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { createAgentClient, signIn, type Tokens } from '../launch/agent-client.ts';
import { ordinaryCustomers } from '../launch/ordinary-customers.ts';
import { type BackendProcess, spawnBackend, untilReady } from './backend-process.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps } = endpoints;

const CONNECTIONS = 16;

let tokens: Tokens;
/** One for each connection: two launches as the same customer at the same time would end each other. */
let customerIds: readonly string[];
beforeAll(async () => {
  tokens = await signIn(endpoints, accounts.agent);
  const client = createAgentClient(endpoints, tokens);
  customerIds = (await ordinaryCustomers(client)).slice(0, CONNECTIONS);
  expect(customerIds).toHaveLength(CONNECTIONS);
});

type Outcome = { readonly status: number; readonly code: string; readonly keepsOpen: boolean };

/** Asks for a launch on a connection of the agent; gives the code of a connection that broke. */
const requestLaunch = (
  origin: string,
  agent: Agent,
  customerId: string,
): Promise<Outcome | string> =>
  new Promise((resolve) => {
    const body = JSON.stringify({
      id: randomUUID(),
      customerId,
      targetAppId: targetApps[0]?.id,
      reason: 'Cannot see the invoice',
      actorToken: tokens.idToken,
    });
    const asking = request(
      `${origin}/v1/launches`,
      {
        method: 'POST',
        agent,
        headers: {
          authorization: `Bearer ${tokens.accessToken}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('error', () => resolve('broken off'));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            code: JSON.parse(text).code ?? 'issued',
            keepsOpen: response.headers.connection !== 'close',
          }),
        );
      },
    );
    asking.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
      // A connection that the system took in, and the backend never did, is reset as the listener closes, and so is
      // one with a request that the backend has not read. Whether one was begun is in the ledger.
      resolve(code === 'ECONNRESET' ? 'ECONNREFUSED' : code);
    });
    asking.end(body);
  });

/** Launches one after the other until the backend takes no connection any more. */
const keepBusy = async (
  origin: string,
  agent: Agent,
  customerId: string,
): Promise<(Outcome | string)[]> => {
  const outcomes: (Outcome | string)[] = [];
  for (;;) {
    const outcome = await requestLaunch(origin, agent, customerId);
    if (outcome === 'ECONNREFUSED') {
      return outcomes;
    }
    outcomes.push(outcome);
  }
};

const typesByLaunch = async ({ dataFolder }: BackendProcess): Promise<Map<string, string[]>> => {
  const ledger = await openPgliteLedger(dataFolder, () => undefined);
  const types = new Map<string, string[]>();
  for await (const { content } of ledger.rows()) {
    const { launchId, type } = JSON.parse(content);
    types.set(launchId, [...(types.get(launchId) ?? []), type]);
  }
  await ledger.close();
  return types;
};

/** A busy machine may take a minute to make a backend ready; launches and the stop come on top. */
const BUSY_MACHINE_MILLISECONDS = 120_000;

describe('a backend with 16 busy connections that is told to stop', () => {
  let backend: BackendProcess;
  let exitCode: number | null;
  let stoppedWithinMilliseconds: number;
  let readiness: number | string;
  let outcomes: (Outcome | string)[];
  beforeAll(async () => {
    backend = await spawnBackend(endpoints, 'stop');
    await untilReady(backend);
    const agent = new Agent({ keepAlive: true });
    const busy = Promise.all(customerIds.map((id) => keepBusy(backend.origin, agent, id)));
    await delay(2_000);
    const toldAt = Date.now();
    backend.child.kill('SIGTERM');
    do {
      readiness = await fetch(`${backend.origin}/readyz`).then(
        ({ status }) => status,
        () => 'not listening',
      );
    } while (readiness === 200);
    // The busy connections may all be waiting for the tenant until the backend listens no more.
    const late = await requestLaunch(backend.origin, agent, accounts.customer.id);
    exitCode = await backend.exited;
    stoppedWithinMilliseconds = Date.now() - toldAt;
    outcomes = [...(late === 'ECONNREFUSED' ? [] : [late]), ...(await busy).flat()];
    agent.destroy();
  }, BUSY_MACHINE_MILLISECONDS);

  it('a backend that stops says that it is not ready', () => {
    expect(readiness).toBe(503);
  });

  it('a backend that is told through npm ends by itself within ten seconds', () => {
    expect(exitCode).toBe(0);
    expect(stoppedWithinMilliseconds).toBeLessThan(10_000);
    expect(backend.output()).toContain('"stopped"');
  });

  it('a backend that stops answers every request, with a token or with the code that asks to retry', () => {
    const codes = new Set(
      outcomes.map((outcome) => (typeof outcome === 'string' ? outcome : outcome.code)),
    );
    expect([...codes].toSorted()).toEqual(['issued', 'shutting_down']);
  });

  it('a backend that stops closes each connection with the answer that refuses a launch', () => {
    const refused = outcomes.filter(
      (outcome) => typeof outcome === 'object' && outcome.status === 503,
    );
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.filter((outcome) => typeof outcome === 'object' && outcome.keepsOpen)).toEqual(
      [],
    );
  });

  it('a backend that stops leaves no launch without an outcome, and no row of a launch that it refused', async () => {
    const types = await typesByLaunch(backend);
    const issued = outcomes.filter(
      (outcome) => typeof outcome === 'object' && outcome.status === 201,
    );
    expect(types.size).toBe(issued.length);
    expect(new Set([...types.values()].map((each) => each.slice(0, 2).join()))).toEqual(
      new Set(['launch_requested,launch_issued']),
    );
  });
});
