import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openPgliteLedger } from '../src/backend/adapters/ledger/pglite/pglite-ledger.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of an embedded ledger that has no rows and is not open. */
    emptyLedger: string;
  }
}

/** Makes one empty ledger for a run, of which tests take copies. */
export const setup = async (project: TestProject): Promise<() => void> => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-empty-ledger-'));
  const dataFolder = join(folder, 'data');
  await (await openPgliteLedger(dataFolder, () => undefined)).close();
  project.provide('emptyLedger', dataFolder);
  return () => rmSync(folder, { recursive: true, force: true });
};
