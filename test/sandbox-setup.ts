import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Endpoints, startSandbox } from '../src/commands/sandbox-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    endpoints: Endpoints;
    /** The folder of the running sandbox: keys, certificates, the ledger's data. */
    sandboxFolder: string;
  }
}

/** Starts one sandbox for all files of a test project. Needs what `npm run build` makes. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-sandbox-'));
  const sandbox = await startSandbox(folder);
  project.provide('endpoints', sandbox.endpoints);
  project.provide('sandboxFolder', folder);
  return async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  };
};
