import { Worker } from 'node:worker_threads';

export type ActionTrigger = 'onExecuteCustomTokenExchange' | 'onExecutePostLogin';

/** The CommonJS text that Auth0 would get, and its secrets. */
export type ActionSource = { code: string; secrets: Record<string, string> };

/** An Action that runs, with the npm modules that it may require. */
type RunnableAction = ActionSource & { dependencies: string[] };

export type ActionLimits = { timeoutInMilliseconds: number; memoryInMegabytes: number };

export type ActionOutcome = { ok: true; result: unknown } | { ok: false; failure: string };

export type ActionRunner = {
  /** What the Action asked for, or why it did not finish. Never rejects. */
  run: (event: Record<string, unknown>) => Promise<ActionOutcome>;
  close: () => Promise<void>;
};

type Reply = { id: number; result?: string; failure?: string };

/**
 * Runs an Action's code in a worker thread of its own with limits on time and memory. What crosses
 * is JSON. A call that overruns its time kills the worker; the next call starts a new one.
 */
export const createActionRunner = (
  action: RunnableAction,
  trigger: ActionTrigger,
  limits: ActionLimits,
  clock: () => number,
): ActionRunner => {
  let worker: Worker | undefined;
  let lastId = 0;
  const waiting = new Map<number, (outcome: ActionOutcome) => void>();

  const settle = (id: number, outcome: ActionOutcome) => {
    waiting.get(id)?.(outcome);
    waiting.delete(id);
  };

  const dismiss = (dead: Worker, failure: string) => {
    if (worker !== dead) {
      return;
    }
    worker = undefined;
    for (const id of [...waiting.keys()]) {
      settle(id, { ok: false, failure });
    }
  };

  const start = (): Worker => {
    const started = new Worker(new URL('./action-worker.ts', import.meta.url), {
      workerData: { code: action.code, trigger, dependencies: action.dependencies },
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryInMegabytes },
      env: {},
      execArgv: [],
    });
    started.unref();
    started.on('message', (reply: Reply) => {
      settle(
        reply.id,
        reply.result === undefined
          ? { ok: false, failure: reply.failure ?? 'The Action failed.' }
          : { ok: true, result: JSON.parse(reply.result) },
      );
    });
    started.on('error', (error) => dismiss(started, describe(error)));
    started.on('exit', () => dismiss(started, 'The Action stopped its worker.'));
    return started;
  };

  return {
    run: (event) => {
      worker ??= start();
      const running = worker;
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          dismiss(running, `The Action ran longer than ${limits.timeoutInMilliseconds} ms.`);
          running.terminate().catch((error: unknown) => {
            console.error('An Action was not stopped.', error);
          });
        }, limits.timeoutInMilliseconds);
        waiting.set(id, (outcome) => {
          clearTimeout(timer);
          resolve(outcome);
        });
        running.postMessage({
          id,
          event: JSON.stringify({ ...event, secrets: action.secrets }),
          now: clock(),
        });
      });
    },
    close: async () => {
      const running = worker;
      worker = undefined;
      await running?.terminate();
    },
  };
};

const describe = (error: unknown): string =>
  error instanceof Error ? error.message : 'The Action crashed.';
