import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { Tokens } from '../../integration/launch/agent-client.ts';
import type { MortalBackend } from './mortal-backend.ts';

/** How many launches are asked for at the same time. */
const LANES = 12;
/** So many answers are waited for before the next kill, and up to twice as many more. */
const ANSWERS_OF_A_LIFE = 20;
/** The kill then hits at any time within so long. */
const KILL_WITHIN_MILLISECONDS = 60;
/** How often a launch that got no proper answer is asked for again, with the same id. */
const RETRIED_SHARE = 0.5;

/** What an agent's client got: an answer, or a connection that broke. */
export type Answer =
  | { readonly status: number; readonly code: string | undefined; readonly token?: string }
  | 'cut';

/** What is done to which backend. */
export type ChaosOptions = {
  readonly launches: number;
  /** Chooses customers and what is asked for again. */
  readonly randomOfLaunches: () => number;
  /** Chooses what is killed when. */
  readonly randomOfKills: () => number;
  readonly backend: MortalBackend;
  /** Kills the database and starts it again. */
  readonly crash: (() => Promise<void>) | undefined;
  readonly tokens: Tokens;
  readonly customerIds: readonly string[];
  readonly targetAppId: string;
};

/** What became of it, as an agent's client saw it. */
export type ChaosRun = {
  /** The answers to each launch id, in order. */
  readonly answers: ReadonlyMap<string, readonly Answer[]>;
  readonly backendKills: number;
  readonly databaseKills: number;
  readonly seconds: number;
};

const bodySchema = z.object({
  code: z.optional(z.string()),
  sessionTransferToken: z.optional(z.string()),
});

/** The client does not know what came of the launch. */
export const isLost = (answer: Answer): boolean =>
  answer === 'cut' || answer.code === 'ledger_unavailable';

/** Asks for launches from several lanes at once while backend and database are killed again and again. */
export const runChaos = async (options: ChaosOptions): Promise<ChaosRun> => {
  const { randomOfLaunches, randomOfKills, backend, crash, tokens, customerIds, targetAppId } =
    options;
  const startedAt = performance.now();
  const answers = new Map<string, Answer[]>();
  const kills = { backend: 0, database: 0 };
  let answered = 0;
  const isBegun = (): boolean => answers.size >= options.launches;

  const untilReady = async (): Promise<void> => {
    for (;;) {
      const isReady = await fetch(`${await backend.origin()}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) {
        return;
      }
      await delay(20);
    }
  };

  const ask = async (id: string, customerId: string): Promise<Answer> => {
    try {
      const response = await fetch(`${await backend.origin()}/v1/launches`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tokens.accessToken}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          id,
          customerId,
          targetAppId,
          reason: 'Cannot see the invoice',
          actorToken: tokens.idToken,
        }),
      });
      const { code, sessionTransferToken } = bodySchema.parse(await response.json());
      return {
        status: response.status,
        code,
        ...(sessionTransferToken && { token: sessionTransferToken }),
      };
    } catch {
      return 'cut';
    }
  };

  const launch = async (): Promise<void> => {
    const id = randomUUID();
    const customerId = customerIds[Math.floor(randomOfLaunches() * customerIds.length)] ?? '';
    const got: Answer[] = [];
    answers.set(id, got);
    do {
      const answer = await ask(id, customerId);
      got.push(answer);
      answered += 1;
      if (!isLost(answer)) {
        return;
      }
      await untilReady();
    } while (randomOfLaunches() < RETRIED_SHARE);
  };

  const killBackend = (meanwhile?: () => Promise<void>): Promise<void> => {
    kills.backend += 1;
    return backend.kill(meanwhile);
  };
  const killDatabase = async (): Promise<void> => {
    kills.database += 1;
    await crash?.();
  };
  const killSomething = (): Promise<void> => {
    const roll = crash ? randomOfKills() * 3 : 0;
    if (roll < 1) {
      return killBackend();
    }
    return roll < 2 ? killDatabase() : killBackend(killDatabase);
  };
  const killNowAndThen = async (): Promise<void> => {
    for (;;) {
      const until = answered + ANSWERS_OF_A_LIFE * (1 + 2 * randomOfKills());
      while (answered < until) {
        if (isBegun()) {
          return;
        }
        await delay(5);
      }
      await delay(randomOfKills() * KILL_WITHIN_MILLISECONDS);
      await killSomething();
    }
  };

  const runLane = async (): Promise<void> => {
    while (!isBegun()) {
      await launch();
    }
  };
  await Promise.all([killNowAndThen(), ...Array.from({ length: LANES }, runLane)]);
  return {
    answers,
    backendKills: kills.backend,
    databaseKills: kills.database,
    seconds: (performance.now() - startedAt) / 1000,
  };
};
