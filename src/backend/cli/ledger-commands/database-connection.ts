import { UsageError } from '../../../command-line/usage-error.ts';
import type { DatabaseConnection } from '../../adapters/ledger/postgres/connect.ts';
import { readDatabaseUrl } from '../../adapters/ledger/postgres/database-address.ts';
import { readOptionalSecret } from '../../config/load-config.ts';
import type { Options } from './command.ts';

/**
 * How the command line says to connect; the password comes from the environment.
 * @throws {UsageError} when the URL is wrong.
 */
export const databaseConnection = (url: string, { ca }: Options): DatabaseConnection => {
  const address = readDatabaseUrl(url);
  if ('problem' in address) {
    throw new UsageError(`--database-url ${address.problem}.`);
  }
  const password = readOptionalSecret(process.env, 'UNDERSTUDY_DATABASE_PASSWORD');
  return { address, password, caFile: ca };
};
