import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { UsageError } from '../../command-line/usage-error.ts';
import type { LedgerRow } from '../../contract/ledger.ts';
import { rowsOfExport } from '../adapters/ledger/rows/ledger-export.ts';

/**
 * The rows of an export that the command line names. That it can be read is known before anything is done with them.
 * @throws {UsageError} for a folder.
 * @throws {NodeJS.ErrnoException} for a file that is not there or must not be read.
 */
export const openExport = async (path: string): Promise<AsyncIterable<LedgerRow>> => {
  if ((await stat(path)).isDirectory()) {
    throw new UsageError(`${path} is a folder, and not the file of an export.`);
  }
  await access(path, constants.R_OK);
  return rowsOfExport(path);
};
