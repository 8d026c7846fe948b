import { readFileSync } from 'node:fs';
import type { PoolConfig } from 'pg';
import type { DatabaseAddress } from './database-address.ts';
import { LedgerDatabaseError } from './ledger-database-error.ts';

/** How a process connects to the ledger's database. */
export type DatabaseConnection = {
  readonly address: DatabaseAddress;
  readonly password: string | undefined;
  /** PEM file of the authority that signed the server's certificate. Default: the system's authorities. */
  readonly caFile: string | undefined;
};

/** How long a statement may take before the server ends it, in milliseconds: a page of rows takes a fraction. */
const STATEMENT_MILLISECONDS = 30_000;
const CONNECT_MILLISECONDS = 5_000;

/**
 * The settings of every connection. Read committed, whatever the server's default: each append waits for the one
 * before it and must then see it, which the stricter levels answer with an error. A commit returns once the row is
 * on disk. TLS with verification wherever the connection leaves the machine.
 */
export const connectionSettings = ({
  address,
  password,
  caFile,
}: DatabaseConnection): PoolConfig => ({
  host: address.host,
  port: address.port,
  database: address.database,
  user: address.user,
  // Called only when the server asks for one. It keeps the library from looking in files of the user's.
  password: () => {
    if (password === undefined) {
      throw new LedgerDatabaseError(
        `The database wants a password for the role "${address.user}", and none is set.`,
      );
    }
    return password;
  },
  ssl: address.isRemote
    ? {
        rejectUnauthorized: true,
        ...(caFile !== undefined && { ca: readFileSync(caFile, 'utf8') }),
      }
    : false,
  application_name: 'understudy',
  options: String.raw`-c default_transaction_isolation=read\ committed -c synchronous_commit=on -c statement_timeout=${STATEMENT_MILLISECONDS}`,
  connectionTimeoutMillis: CONNECT_MILLISECONDS,
  keepAlive: true,
});
