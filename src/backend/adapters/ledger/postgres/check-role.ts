import type { Pool } from 'pg';
import { LedgerDatabaseError } from './ledger-database-error.ts';

/** A way in which a role could do more than call the functions that it is meant for, and how to tell. */
const EXCESSES: readonly { readonly sql: string; readonly sentence: string }[] = [
  {
    sql: 'SELECT 1 FROM pg_roles WHERE rolname IN (current_user, session_user) AND (rolsuper OR rolreplication OR rolcreaterole OR rolbypassrls)',
    sentence: 'is a superuser, or may create roles, replicate or bypass row security',
  },
  {
    sql: "SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND pg_has_role(current_user, relowner, 'MEMBER')",
    sentence: 'owns a table of the ledger, or is a member of the role that does',
  },
  {
    sql: "SELECT 1 FROM pg_database WHERE datname = current_database() AND pg_has_role(current_user, datdba, 'MEMBER')",
    sentence: 'owns the database, or is a member of the role that does',
  },
  {
    sql: "SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND (has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES') OR has_any_column_privilege(oid, 'INSERT, UPDATE, REFERENCES'))",
    sentence: 'may write to a table of the ledger',
  },
  {
    sql: "SELECT 1 WHERE has_schema_privilege('public', 'CREATE')",
    sentence: 'may create objects beside the ledger',
  },
];

/**
 * Makes sure that whoever got hold of this connection could add rows and do nothing else.
 * @throws {LedgerDatabaseError} saying what the role may do that it must not.
 */
export const assertRestrictedRole = async (pool: Pool, user: string): Promise<void> => {
  for (const { sql, sentence } of EXCESSES) {
    const { rowCount } = await pool.query(sql);
    if (rowCount !== 0) {
      throw new LedgerDatabaseError(
        `ledger.databaseUrl: the role "${user}" ${sentence}. Connect as the writer that "npm run ledger -- migrate" gave its rights to.`,
      );
    }
  }
};

/**
 * Makes sure that a row that was recorded survives a power failure.
 * @throws {LedgerDatabaseError} when the server does not write to disk what it says it did.
 */
export const assertRowsReachDisk = async (pool: Pool): Promise<void> => {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'",
  );
  const off = rows.map(({ name }) => name);
  if (off.length > 0) {
    throw new LedgerDatabaseError(
      `ledger.databaseUrl: the server has ${off.join(' and ')} off, so a power failure could lose rows of tokens that were given. Turn it on.`,
    );
  }
};
