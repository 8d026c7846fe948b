import { inRepository } from '../../../src/commands/repository.ts';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import {
  type BackendProcess,
  type ConfigChange,
  spawnBackend,
  untilReady,
} from '../../integration/backend/backend-process.ts';

/** A backend that is killed and started again, always on the same ledger. */
export type MortalBackend = {
  /** Resolves with the address of the backend once one is ready. */
  readonly origin: () => Promise<string>;
  /** Kills the process as it is. `meanwhile` happens before the next one is started. */
  readonly kill: (meanwhile?: () => Promise<void>) => Promise<void>;
  /** Lets it stop by itself; gives its exit code. */
  readonly stop: () => Promise<number | null>;
  /** What all of its processes printed. */
  readonly output: () => string;
  readonly dataFolder: string;
};

/** What of a backend differs from the sandbox's own. */
export type MortalBackendOptions = {
  readonly endpoints: Endpoints;
  readonly name: string;
  readonly change: ConfigChange;
  readonly environment: Record<string, string>;
};

/** Starts the built backend, the process itself and nothing around it. */
export const startMortalBackend = async ({
  endpoints,
  name,
  change,
  environment,
}: MortalBackendOptions): Promise<MortalBackend> => {
  const outputs: string[] = [];
  const start = async (): Promise<BackendProcess> => {
    const backend = await spawnBackend(endpoints, name, change, environment, {
      command: process.execPath,
      args: ['backend.js'],
      folder: inRepository('dist', 'backend'),
    });
    await untilReady(backend);
    return backend;
  };
  let running = start();
  const { dataFolder } = await running;
  return {
    dataFolder,
    origin: async () => (await running).origin,
    kill: async (meanwhile) => {
      const backend = await running;
      backend.child.kill('SIGKILL');
      running = (async () => {
        await backend.exited;
        outputs.push(backend.output());
        await meanwhile?.();
        return start();
      })();
      await running;
    },
    stop: async () => {
      const backend = await running;
      backend.child.kill('SIGTERM');
      const code = await backend.exited;
      outputs.push(backend.output());
      return code;
    },
    output: () => outputs.join(''),
  };
};
