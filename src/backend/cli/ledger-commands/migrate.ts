import { UsageError } from '../../../command-line/usage-error.ts';
import { migrateLedger } from '../../adapters/ledger/postgres/migrate.ts';
import type { Command } from './command.ts';
import { databaseConnection } from './database-connection.ts';

/** Brings a PostgreSQL ledger to the newest schema and gives its roles their rights. */
export const migrate: Command = async (options) => {
  const url = options['database-url'];
  if (url === undefined) {
    throw new UsageError('migrate needs --database-url with the owner’s name.');
  }
  const roles = {
    writer: options.writer ?? 'understudy_writer',
    eraser: options.eraser ?? 'understudy_eraser',
    reader: options.reader ?? 'understudy_reader',
  };
  await migrateLedger(databaseConnection(url, options), roles);
  const { writer, eraser, reader } = roles;
  process.stdout.write(
    `Migrated. "${writer}" may add rows, "${eraser}" erase personal values, "${reader}" read; no other role has any right.\n`,
  );
  return 0;
};
