import { UsageError } from '../../../command-line/usage-error.ts';
import { eraseAllBefore } from '../../adapters/ledger/eraser.ts';
import { eraseOldValues } from '../../adapters/ledger/postgres/erase-old-values.ts';
import { isoTimeOf } from '../iso-time.ts';
import type { Command } from './command.ts';
import { databaseConnection } from './database-connection.ts';
import { withLedger } from './with-ledger.ts';

const say = (erased: number): number => {
  process.stdout.write(`Erased ${erased} values. Exports and backups still have them.\n`);
  return 0;
};

/** Erases the personal values of all rows that are older than a date. A database is named with the eraser's role. */
export const retain: Command = async (options) => {
  const { before, 'database-url': url } = options;
  if (before === undefined) {
    throw new UsageError('retain needs --before, a date such as 2024-01-31.');
  }
  const cutoff = isoTimeOf('before', before);
  if (url !== undefined) {
    return say(await eraseOldValues(databaseConnection(url, options), cutoff));
  }
  return withLedger(options, async ({ eraser }) =>
    say(eraser ? await eraseAllBefore(eraser, cutoff) : 0),
  );
};
