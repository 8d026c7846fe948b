import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';

/** Fills a data folder with a ledger that has no rows. To copy one takes a fifth of what it takes to make one. */
export const copyEmptyLedger = (dataFolder: string): void =>
  cpSync(inject('emptyLedger'), dataFolder, { recursive: true, verbatimSymlinks: true });

/** A data folder of its own with a ledger that has no rows. */
export const emptyLedger = (): string => {
  const dataFolder = join(mkdtempSync(join(tmpdir(), 'understudy-ledger-')), 'data');
  copyEmptyLedger(dataFolder);
  return dataFolder;
};
