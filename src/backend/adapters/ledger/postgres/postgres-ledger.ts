import { drizzle } from 'drizzle-orm/node-postgres';
import { Client, Pool } from 'pg';
import type { RecordedReading } from '../../../ports/standalone-row.ts';
import { type DatabaseError, databaseErrorOf } from '../database-error.ts';
import { createEraser } from '../eraser.ts';
import { newestMigration } from '../migrations.ts';
import type { AppendedRow, LedgerHead } from '../rows/appended-row.ts';
import { standaloneEntry } from '../rows/ledger-entry.ts';
import { createSqlLedger, type SqlLedger } from '../sql-ledger.ts';
import { assertRestrictedRole, assertRowsReachDisk } from './check-role.ts';
import { connectionSettings, type DatabaseConnection } from './connect.ts';
import { asLedgerDatabaseError, LedgerDatabaseError } from './ledger-database-error.ts';

/** Connections of one backend. Appends wait for each other anyway; these are for what is read meanwhile. */
const CONNECTIONS = 10;

/**
 * Further connections, on which launches begin. When a crowd begins at once, it waits here, and a launch that has no
 * connection in time has no row: what has begun is recorded ahead of it, or its token would be lost.
 */
const CLAIM_CONNECTIONS = 3;

/** The parts of a {@link Pool} and a {@link Client} that checks need. */
type Queries = {
  readonly query: (text: string) => Promise<{ readonly rows: readonly { when: string }[] }>;
};

const assertMigrated = async (database: Queries): Promise<void> => {
  const behind =
    'The ledger’s database is older than this backend. Run "npm run ledger -- migrate".';
  const applied = await database
    .query('SELECT max(created_at) AS when FROM drizzle.__drizzle_migrations')
    .catch((error: unknown) => {
      const cause = databaseErrorOf(error);
      // No such table or schema, or no right to it: migrating makes both.
      if (['42P01', '3F000', '42501'].includes(cause.code)) {
        throw new LedgerDatabaseError(behind, { cause });
      }
      throw cause;
    });
  // A newer database suits an older backend: migrations only add.
  if (Number(applied.rows[0]?.when ?? 0) < newestMigration()) {
    throw new LedgerDatabaseError(behind);
  }
};

/** What {@link openPostgresLedger} tells about. */
export type PostgresLedgerEvents = {
  readonly onHead: (head: LedgerHead) => void;
  /** An idle connection broke, for instance because the server restarted. The next statement opens a new one. */
  readonly onConnectionLost: (error: DatabaseError) => void;
};

const connect = (
  connection: DatabaseConnection,
  max: number,
  onConnectionLost: PostgresLedgerEvents['onConnectionLost'],
): Pool => {
  const pool = new Pool({ ...connectionSettings(connection), max });
  pool.on('error', (error) => onConnectionLost(databaseErrorOf(error)));
  return pool;
};

/** Opens connections of a role that may call its functions and do nothing else. */
const openRestricted = async (...settings: Parameters<typeof connect>): Promise<Pool> => {
  const pool = connect(...settings);
  const [connection] = settings;
  try {
    await assertRestrictedRole(pool, connection.address.user);
    await assertMigrated(pool);
    await assertRowsReachDisk(pool);
    return pool;
  } catch (error) {
    await pool.end();
    throw asLedgerDatabaseError(error);
  }
};

/**
 * Opens the ledger of a backend in a PostgreSQL database that other backends may share. A row that was recorded is
 * on disk. `erasing` is the connection of the role that erases; without it nothing is erased.
 * @throws {LedgerDatabaseError} when the database cannot be reached, is older than this backend, may lose rows, or
 * lets a role do more than it is meant for.
 */
export const openPostgresLedger = async (
  connection: DatabaseConnection,
  { onHead, onConnectionLost }: PostgresLedgerEvents,
  erasing?: DatabaseConnection,
): Promise<SqlLedger> => {
  const pool = await openRestricted(connection, CONNECTIONS, onConnectionLost);
  const claimPool = connect(connection, CLAIM_CONNECTIONS, onConnectionLost);
  const erasingPool = erasing && (await openRestricted(erasing, 1, onConnectionLost));
  return createSqlLedger({
    database: drizzle(pool),
    append: (statement, values) => pool.query<AppendedRow>(statement, values),
    appendClaim: (statement, values) => claimPool.query<AppendedRow>(statement, values),
    assertDurable: () => undefined,
    probe: async () => {
      await pool.query('SELECT 1');
    },
    onHead,
    ...(erasingPool && { eraser: createEraser(drizzle(erasingPool), onHead) }),
    close: async () => {
      await Promise.all([pool.end(), claimPool.end(), erasingPool?.end()]);
    },
  });
};

/**
 * Opens a ledger for verification and export, while backends write to it: everything is read as of one moment. A
 * reading that is to be recorded is, before anything can be read.
 * @throws {LedgerDatabaseError} when the database cannot be reached, is older than this program, or cannot record it.
 */
export const readPostgresLedger = async (
  connection: DatabaseConnection,
  reading?: RecordedReading,
): Promise<SqlLedger> => {
  const client = new Client(connectionSettings(connection));
  // A connection that breaks shows in the statement that was under way.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await assertMigrated(client);
    if (reading) {
      const { content, personal } = standaloneEntry(reading);
      const values = [content, JSON.stringify(personal)];
      await client.query('SELECT FROM record_reading($1, $2::jsonb)', values);
    }
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  } catch (error) {
    await client.end();
    throw asLedgerDatabaseError(error);
  }
  return createSqlLedger({
    database: drizzle(client),
    append: (statement, values) => client.query<AppendedRow>(statement, values),
    assertDurable: () => undefined,
    probe: async () => undefined,
    onHead: () => undefined,
    close: () => client.end(),
  });
};
