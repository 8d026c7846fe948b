import { UsageError } from '../../../command-line/usage-error.ts';
import { importLedger } from '../../adapters/ledger/import-ledger.ts';
import { openPgliteDatabase } from '../../adapters/ledger/pglite/pglite-ledger.ts';
import { importIntoPostgres } from '../../adapters/ledger/postgres/import-into-postgres.ts';
import type { LedgerHead } from '../../adapters/ledger/rows/appended-row.ts';
import { openExport } from '../export-file.ts';
import type { Command, Options } from './command.ts';
import { databaseConnection } from './database-connection.ts';
import { headOf } from './head.ts';
import { withLedger } from './with-ledger.ts';

type Rows = Parameters<typeof importIntoPostgres>[1];

const importRows = async (
  options: Options,
  rows: Rows,
  noted: LedgerHead | undefined,
): Promise<LedgerHead> => {
  const { folder, 'database-url': url } = options;
  if (url !== undefined) {
    return importIntoPostgres(databaseConnection(url, options), rows, noted);
  }
  if (folder === undefined) {
    throw new UsageError(
      'import needs where to: --database-url with the owner’s name, or --folder.',
    );
  }
  const target = await openPgliteDatabase(folder);
  try {
    return await importLedger(target.database, rows, noted);
  } finally {
    await target.close();
  }
};

/** Moves a ledger to another database, or restores it from an export: verified before it counts. */
export const importCommand: Command = async (options) => {
  const { file, head, 'from-folder': source } = options;
  const noted = head === undefined ? undefined : headOf(head);
  const finish = async (rows: Rows): Promise<number> => {
    const newest = await importRows(options, rows, noted);
    process.stdout.write(
      `Imported and verified, ${newest.seq} rows. Head: ${newest.seq}:${newest.hash}\n`,
    );
    return 0;
  };
  if (file !== undefined && source !== undefined) {
    throw new UsageError('Name what to import once: --file or --from-folder.');
  }
  if (file !== undefined) {
    return finish(await openExport(file));
  }
  if (source === undefined) {
    throw new UsageError('import needs what: --file or --from-folder.');
  }
  return withLedger({ folder: source }, (ledger) => finish(ledger.rows()));
};
