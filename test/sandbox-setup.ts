import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Endpoints, startSandbox } from '../src/commands/sandbox-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** One running sandbox for each worker of the project. */
    endpointsOfWorkers: readonly Endpoints[];
  }
}

/**
 * Starts one sandbox for each worker of a test project, with its own tenant, backend, apps and free ports:
 * files that run at the same time cannot see each other's sessions. Needs what `npm run build` makes.
 */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const sandboxes = await Promise.all(
    Array.from({ length: project.config.maxWorkers }, () =>
      startSandbox(mkdtempSync(join(tmpdir(), 'understudy-sandbox-'))),
    ),
  );
  project.provide(
    'endpointsOfWorkers',
    sandboxes.map(({ endpoints }) => endpoints),
  );
  return async () => {
    await Promise.all(sandboxes.map(({ stop }) => stop()));
    for (const { folder } of sandboxes) {
      rmSync(folder, { recursive: true, force: true });
    }
  };
};
