import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { openPgliteLedger } from '../../../../src/backend/adapters/ledger/pglite/pglite-ledger.ts';
import { openPostgresLedger } from '../../../../src/backend/adapters/ledger/postgres/postgres-ledger.ts';
import type { SqlLedger } from '../../../../src/backend/adapters/ledger/sql-ledger.ts';
import { canRunWith, POSTGRES } from '../../../../src/commands/test-programs.ts';
import { emptyLedger } from './empty-ledger.ts';
import {
  type Cluster,
  connectionOf,
  databaseUrl,
  ROLES,
  startCluster,
} from './postgres-cluster.ts';

/** One ledger of a test, in one of the two stores. */
export type StoredLedger = {
  /** Opens it as a backend does. */
  readonly open: () => Promise<SqlLedger>;
  /** Does to it, while it is closed, what only whoever owns the database can do. */
  readonly tamper: (sql: string) => Promise<void>;
  /** Reads from it, while it is closed, what no backend gives. */
  readonly read: (sql: string) => Promise<readonly object[]>;
  /** How a command that erases from it names it. */
  readonly optionsOfEraser: readonly string[];
};

/** Where ledgers are kept; each test gets one of its own. */
export type Store = {
  readonly name: string;
  /** Whether this machine can run it. */
  readonly isThere: boolean;
  readonly start: () => Promise<void>;
  readonly newLedger: () => Promise<StoredLedger>;
  readonly stop: () => Promise<void>;
};

/** No trigger and no foreign key in the way; and no duty of the process that had the ledger open before. */
const AS_OWNER =
  'SET session_replication_role = replica; ALTER TABLE ledger DISABLE TRIGGER USER; DELETE FROM duties;';
const AS_BEFORE =
  '; ALTER TABLE ledger ENABLE ALWAYS TRIGGER ledger_chain; ALTER TABLE ledger ENABLE ALWAYS TRIGGER ledger_append_only';

const pgliteStore = (): Store => ({
  name: 'PGlite',
  isThere: true,
  start: async () => undefined,
  newLedger: async () => {
    const folder = emptyLedger();
    return {
      open: () => openPgliteLedger(folder, () => undefined),
      tamper: async (sql) => {
        const client = await PGlite.create(join(folder, 'database'));
        await client.exec(`${AS_OWNER} ${sql}${AS_BEFORE}`);
        await client.close();
      },
      read: async (sql) => {
        const client = await PGlite.create(join(folder, 'database'));
        const { rows } = await client.query<object>(sql);
        await client.close();
        return rows;
      },
      optionsOfEraser: ['--folder', folder],
    };
  },
  stop: async () => undefined,
});

const postgresStore = (): Store => {
  let cluster: Cluster | undefined;
  const started = (): Cluster => {
    if (!cluster) {
      throw new Error('The cluster was not started.');
    }
    return cluster;
  };
  return {
    name: 'PostgreSQL',
    isThere: canRunWith(POSTGRES),
    start: async () => {
      cluster = await startCluster();
    },
    newLedger: async () => {
      const { folder, createLedger, asSuperuser } = started();
      const database = await createLedger();
      return {
        open: () =>
          openPostgresLedger(
            connectionOf(folder, database, ROLES.writer),
            { onHead: () => undefined, onConnectionLost: () => undefined },
            connectionOf(folder, database, ROLES.eraser),
          ),
        tamper: async (sql) => {
          await asSuperuser(database, `${AS_OWNER} ${sql}${AS_BEFORE}`);
        },
        read: (sql) => asSuperuser(database, sql),
        optionsOfEraser: ['--database-url', databaseUrl(folder, database, ROLES.eraser)],
      };
    },
    stop: async () => cluster?.stop(),
  };
};

/** Both stores: what holds for one must hold for the other. */
export const STORES: readonly Store[] = [pgliteStore(), postgresStore()];
