import { setTimeout as delay } from 'node:timers/promises';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import { seededRandom } from '../../../src/sandbox/people/seeded-random.ts';
import { createAgentClient, signIn } from '../../integration/launch/agent-client.ts';
import { ordinaryCustomers } from '../../integration/launch/ordinary-customers.ts';
import { type ChaosRun, runChaos } from './chaos-run.ts';
import type { ChaosStore } from './chaos-stores.ts';
import { type LaunchRow, rowsByLaunch } from './explain-launch.ts';
import { type Exchange, startFaultyTenant } from './faulty-tenant.ts';
import { startMortalBackend } from './mortal-backend.ts';

/** A backend that starts takes a launch for abandoned whose outcome is missing for so long. */
const ABANDONED_MILLISECONDS = 61_000;

/** All that was seen of a run, from outside and in the ledger. */
export type Chaos = {
  readonly run: ChaosRun;
  readonly exchanges: readonly Exchange[];
  readonly rows: ReadonlyMap<string, readonly LaunchRow[]>;
  /** What no file may hold: the tokens of the launches, and the agent's own. */
  readonly secrets: readonly string[];
  /** What all processes of the backend printed. */
  readonly output: string;
  /** Of the last process, which was told to stop. */
  readonly exitCode: number | null;
  readonly store: ChaosStore;
  readonly dataFolder: string;
};

const TERMS = 'ma an be jo so el la ni ra to mi ka li no pe ro sa te vi wa da em fr ha'.split(' ');

/**
 * Plays all faults at a backend on a store. What is given back ends it, once launches that were abandoned can be told: a
 * last process starts, marks them, and is stopped.
 */
export const playChaos = async (options: {
  readonly endpoints: Endpoints;
  readonly name: string;
  readonly store: ChaosStore;
  readonly launches: number;
  readonly seed: number;
}): Promise<() => Promise<Chaos>> => {
  const { endpoints, name, store, launches, seed } = options;
  const tenant = await startFaultyTenant(endpoints, seededRandom(seed));
  const tokens = await signIn(endpoints, endpoints.accounts.agent);
  const backend = await startMortalBackend({
    endpoints,
    name,
    change: (config) => ({ ...config, ...(store.ledger && { ledger: store.ledger }) }),
    environment: tenant.environment,
  });
  const { dataFolder } = backend;
  const run = await runChaos({
    launches,
    randomOfLaunches: seededRandom(seed + 1),
    randomOfKills: seededRandom(seed + 2),
    backend,
    crash: store.crash,
    tokens,
    customerIds: await ordinaryCustomers(createAgentClient(endpoints, tokens), TERMS),
    targetAppId: endpoints.targetApps[0]?.id ?? '',
  });
  const abandonedAt = Date.now() + ABANDONED_MILLISECONDS;
  return async () => {
    await delay(Math.max(0, abandonedAt - Date.now()));
    await backend.kill();
    const exitCode = await backend.stop();
    await tenant.close();
    const ledger = await store.open(dataFolder);
    const rows = await rowsByLaunch(ledger);
    await ledger.close();
    const { exchanges } = tenant;
    const transferred = exchanges.flatMap(({ issued, given }) => [issued, given]);
    const secrets = [...transferred, tokens.accessToken, tokens.idToken].filter(
      (token) => token !== undefined,
    );
    return { run, exchanges, rows, secrets, output: backend.output(), exitCode, store, dataFolder };
  };
};
