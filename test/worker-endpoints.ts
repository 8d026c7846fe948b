import { inject } from 'vitest';
import type { Endpoints } from '../src/commands/sandbox-process.ts';

/**
 * The sandbox that belongs to the worker in which the calling test file runs. Only files that run one after
 * the other share it.
 * @throws {Error} outside of a project that starts sandboxes.
 */
export const workerEndpoints = (): Endpoints => {
  // Vitest numbers the workers that run at the same time from 1 and reuses the number for the next file.
  const worker = Number(process.env['VITEST_POOL_ID']);
  const endpoints = inject('endpointsOfWorkers')[worker - 1];
  if (!endpoints) {
    throw new Error(`Worker ${worker} has no sandbox.`);
  }
  return endpoints;
};
