import { eraseAllBefore } from '../../adapters/ledger/eraser.ts';
import { openPgliteLedger } from '../../adapters/ledger/pglite/pglite-ledger.ts';
import { eraseOldValues } from '../../adapters/ledger/postgres/erase-old-values.ts';
import type { Command } from './command.ts';
import { databaseConnection } from './database-connection.ts';
import { UsageError } from './usage-error.ts';

const cutoffOf = (before: string | undefined): Date => {
  const cutoff = new Date(before ?? '');
  if (Number.isNaN(cutoff.getTime())) {
    throw new UsageError('retain needs --before, a date such as 2024-01-31.');
  }
  return cutoff;
};

/** Erases the personal values of all rows that are older than a date. */
export const retain: Command = async (options) => {
  const { before, folder, 'database-url': url } = options;
  const cutoff = cutoffOf(before);
  let erased = 0;
  if (url !== undefined) {
    erased = await eraseOldValues(databaseConnection(url, options), cutoff);
  } else if (folder !== undefined) {
    const ledger = await openPgliteLedger(folder, () => undefined);
    try {
      if (ledger.eraser) {
        erased = await eraseAllBefore(ledger.eraser, cutoff);
      }
    } finally {
      await ledger.close();
    }
  } else {
    throw new UsageError('retain needs --folder, or --database-url with the eraser’s name.');
  }
  process.stdout.write(`Erased ${erased} values. Exports and backups still have them.\n`);
  return 0;
};
