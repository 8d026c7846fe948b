import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, escapeIdentifier } from 'pg';
import { databaseErrorOf } from '../database-error.ts';
import { MIGRATIONS_FOLDER } from '../migrations.ts';
import { connectionSettings, type DatabaseConnection } from './connect.ts';
import { LedgerDatabaseError } from './ledger-database-error.ts';

/** The roles that share a ledger's database beside its owner. They exist already; migrating gives them their rights. */
export type LedgerRoles = {
  /** The backend: calls the functions that add rows. */
  readonly writer: string;
  /** Calls the functions that erase personal values. */
  readonly eraser: string;
  /** Verification, exports and reports: reads, and adds rows that say so. */
  readonly reader: string;
};

/** One migration at a time; the library that applies them takes no lock. */
const MIGRATION_LOCK = 7310571835020514n;

const functionsNamed = async (client: Client, pattern: string): Promise<readonly string[]> => {
  const { rows } = await client.query<{ signature: string }>(
    "SELECT oid::regprocedure::text AS signature FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname ~ $1",
    [pattern],
  );
  return rows.map(({ signature }) => signature);
};

/** Gives each role what it needs and takes away everything else, in one transaction. */
const grantRights = async (client: Client, roles: LedgerRoles): Promise<void> => {
  const writer = escapeIdentifier(roles.writer);
  const eraser = escapeIdentifier(roles.eraser);
  const reader = escapeIdentifier(roles.reader);
  const all = `PUBLIC, ${writer}, ${eraser}, ${reader}`;
  const writes = await functionsNamed(client, '^(claim|advance)_');
  const erasures = await functionsNamed(client, '^erase_');
  const readings = await functionsNamed(client, '^record_');
  const statements = [
    'BEGIN',
    `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${all}`,
    `REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM ${all}`,
    `REVOKE CREATE ON SCHEMA public FROM ${all}`,
    `GRANT USAGE ON SCHEMA public, drizzle TO ${writer}, ${eraser}, ${reader}`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${writer}, ${reader}`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA drizzle TO ${writer}, ${eraser}, ${reader}`,
    ...writes.map((signature) => `GRANT EXECUTE ON FUNCTION ${signature} TO ${writer}`),
    ...erasures.map((signature) => `GRANT EXECUTE ON FUNCTION ${signature} TO ${eraser}`),
    ...readings.map(
      (signature) => `GRANT EXECUTE ON FUNCTION ${signature} TO ${writer}, ${reader}`,
    ),
    'COMMIT',
  ];
  for (const statement of statements) {
    await client.query(statement);
  }
};

const assertOwner = async (client: Client, user: string): Promise<void> => {
  const { rows } = await client.query<{ superuser: boolean }>(
    'SELECT rolsuper AS superuser FROM pg_roles WHERE rolname = current_user',
  );
  if (rows[0]?.superuser) {
    throw new LedgerDatabaseError(
      `The role "${user}" is a superuser. Migrate as the role that owns the database and nothing else: the ledger's functions run with its rights.`,
    );
  }
};

const explain = (error: unknown, roles: LedgerRoles): Error => {
  if (error instanceof LedgerDatabaseError) {
    return error;
  }
  const cause = databaseErrorOf(error);
  const names = [roles.writer, roles.eraser, roles.reader].join(', ');
  return new LedgerDatabaseError(
    cause.code === '42704'
      ? `A role is missing. Create ${names} first; docs/ledger.md has the statements.`
      : `The ledger cannot be migrated: ${cause.message}`,
    { cause },
  );
};

/**
 * Brings a ledger's database to the newest schema and gives the roles their rights. Connects as the database's owner;
 * of two that migrate at the same time, the second waits and finds nothing left to do.
 * @throws {LedgerDatabaseError}
 */
export const migrateLedger = async (
  connection: DatabaseConnection,
  roles: LedgerRoles,
): Promise<void> => {
  const client = new Client({ ...connectionSettings(connection), statement_timeout: 0 });
  // A connection that breaks shows in the statement that was under way.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await assertOwner(client, connection.address.user);
    await client.query('SET statement_timeout = 0');
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query('ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC');
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER });
    await grantRights(client, roles);
  } catch (error) {
    throw explain(error, roles);
  } finally {
    // Ending the connection gives the lock back.
    await client.end();
  }
};
