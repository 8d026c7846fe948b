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

/** A worker, and when it began to execute. */
type StartedWorker = { readonly worker: Worker; readonly online: Promise<void> };

/**
 * Runs an Action's code in a worker thread of its own with limits on time and memory. What crosses
 * is JSON. A call that overruns its time kills the worker; the next call starts a new one. The time counts from when
 * the worker executes: how long a busy machine takes to start a thread says nothing about the Action.
 */
export const createActionRunner = (
  action: RunnableAction,
  trigger: ActionTrigger,
  limits: ActionLimits,
  clock: () => number,
): ActionRunner => {
  let started: StartedWorker | undefined;
  let lastId = 0;
  const waiting = new Map<number, (outcome: ActionOutcome) => void>();

  const settle = (id: number, outcome: ActionOutcome) => {
    waiting.get(id)?.(outcome);
    waiting.delete(id);
  };

  const dismiss = (dead: Worker, failure: string) => {
    if (started?.worker !== dead) {
      return;
    }
    started = undefined;
    for (const id of [...waiting.keys()]) {
      settle(id, { ok: false, failure });
    }
  };

  const start = (): StartedWorker => {
    const worker = new Worker(new URL('./action-worker.ts', import.meta.url), {
      workerData: { code: action.code, trigger, dependencies: action.dependencies },
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryInMegabytes },
      env: {},
      execArgv: [],
    });
    worker.unref();
    worker.on('message', (reply: Reply) => {
      settle(
        reply.id,
        reply.result === undefined
          ? { ok: false, failure: reply.failure ?? 'The Action failed.' }
          : { ok: true, result: JSON.parse(reply.result) },
      );
    });
    worker.on('error', (error) => dismiss(worker, describe(error)));
    worker.on('exit', () => dismiss(worker, 'The Action stopped its worker.'));
    return { worker, online: new Promise((resolve) => void worker.once('online', resolve)) };
  };

  const stop = (worker: Worker) => {
    dismiss(worker, `The Action ran longer than ${limits.timeoutInMilliseconds} ms.`);
    worker.terminate().catch((error: unknown) => {
      console.error('An Action was not stopped.', error);
    });
  };

  return {
    run: async (event) => {
      started ??= start();
      const { worker, online } = started;
      lastId += 1;
      const id = lastId;
      const outcome = new Promise<ActionOutcome>((resolve) => void waiting.set(id, resolve));
      worker.postMessage({
        id,
        event: JSON.stringify({ ...event, secrets: action.secrets }),
        now: clock(),
      });
      await Promise.race([online, outcome]);
      const timer = setTimeout(() => {
        // An answer that came while this thread stood still is taken first.
        setImmediate(() => waiting.has(id) && stop(worker));
      }, limits.timeoutInMilliseconds);
      return outcome.finally(() => clearTimeout(timer));
    },
    close: async () => {
      const running = started?.worker;
      started = undefined;
      await running?.terminate();
    },
  };
};

const describe = (error: unknown): string =>
  error instanceof Error ? error.message : 'The Action crashed.';
