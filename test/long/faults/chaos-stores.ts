import { openPgliteLedger } from '../../../src/backend/adapters/ledger/pglite/pglite-ledger.ts';
import { readPostgresLedger } from '../../../src/backend/adapters/ledger/postgres/postgres-ledger.ts';
import type { SqlLedger } from '../../../src/backend/adapters/ledger/sql-ledger.ts';
import { canRunWith, POSTGRES } from '../../../src/commands/test-programs.ts';
import {
  connectionOf,
  databaseUrl,
  ROLES,
  startCluster,
} from '../../integration/backend/ledger/postgres-cluster.ts';

/** Where a backend that is killed again and again keeps its ledger. */
export type ChaosStore = {
  /** The ledger's part of the configuration; `undefined` for the folder that every backend of a test gets. */
  readonly ledger: Readonly<Record<string, string>> | undefined;
  /** Kills the database and starts it again, where it is a process of its own. */
  readonly crash: (() => Promise<void>) | undefined;
  /** Which ledger a command is about. */
  readonly commandLine: (dataFolder: string) => readonly string[];
  readonly open: (dataFolder: string) => Promise<SqlLedger>;
  /** Where its files are. */
  readonly folder: (dataFolder: string) => string;
  readonly stop: () => Promise<void>;
};

const embeddedStore = async (): Promise<ChaosStore> => ({
  ledger: undefined,
  crash: undefined,
  commandLine: (dataFolder) => ['--folder', dataFolder],
  open: (dataFolder) => openPgliteLedger(dataFolder, () => undefined),
  folder: (dataFolder) => dataFolder,
  stop: async () => undefined,
});

const postgresStore = async (): Promise<ChaosStore> => {
  const cluster = await startCluster();
  const database = await cluster.createLedger();
  const urlOf = (role: string) => databaseUrl(cluster.folder, database, role);
  return {
    ledger: { databaseUrl: urlOf(ROLES.writer) },
    crash: cluster.crash,
    commandLine: () => ['--database-url', urlOf(ROLES.reader)],
    open: () => readPostgresLedger(connectionOf(cluster.folder, database, ROLES.reader)),
    folder: () => cluster.folder,
    stop: cluster.stop,
  };
};

/** Both stores; what is killed in each differs. */
export const CHAOS_STORES = [
  { name: 'PGlite', isThere: true, start: embeddedStore },
  { name: 'PostgreSQL', isThere: canRunWith(POSTGRES), start: postgresStore },
] as const;
