import { execFile, execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import {
  type DatabaseAddress,
  readDatabaseUrl,
} from '../../../../src/backend/adapters/ledger/postgres/database-address.ts';
import { migrateLedger } from '../../../../src/backend/adapters/ledger/postgres/migrate.ts';
import { POSTGRES, requireProgram } from '../../../../src/commands/test-programs.ts';

const run = promisify(execFile);

/** The roles that every database of the cluster knows. */
export const ROLES = {
  owner: 'understudy_owner',
  writer: 'understudy_writer',
  eraser: 'understudy_eraser',
  reader: 'understudy_reader',
} as const;

/** A database server of its own, reachable over a socket only. */
export type Cluster = {
  /** The folder of its socket. */
  readonly folder: string;
  /** Makes a database with an empty ledger; gives its name. */
  readonly createLedger: () => Promise<string>;
  /** Makes a database that nothing was migrated in yet; gives its name. */
  readonly createDatabase: () => Promise<string>;
  /** Runs SQL as the superuser. */
  readonly asSuperuser: (database: string, sql: string) => Promise<readonly object[]>;
  /** Ends the server as a power failure would, and starts it again. */
  readonly crash: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** The URL of a database for a role. */
export const databaseUrl = (folder: string, database: string, role: string): string =>
  `postgres://${role}@/${database}?host=${encodeURIComponent(folder)}`;

/** How a role connects to a database. */
export const connectionOf = (folder: string, database: string, role: string) => {
  const address = readDatabaseUrl(databaseUrl(folder, database, role)) as DatabaseAddress;
  return { address, password: undefined, caFile: undefined };
};

/** PostgreSQL refuses to run as root; Debian's package makes a user for it. */
const serverUser = (): { readonly uid: number; readonly gid: number } | undefined => {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']).toString());
  return { uid: id('-u'), gid: id('-g') };
};

/**
 * Starts a throw-away cluster with the roles of a ledger. It writes to disk as a real one does: a backend refuses one
 * that does not.
 */
export const startCluster = async (): Promise<Cluster> => {
  const bin = dirname(requireProgram(POSTGRES));
  const folder = mkdtempSync(join(tmpdir(), 'understudy-pg-'));
  const user = serverUser();
  if (user) {
    chownSync(folder, user.uid, user.gid);
  }
  const options = { ...user, cwd: '/' };
  const data = join(folder, 'data');
  const initdb = ['-D', data, '-A', 'trust', '-U', 'postgres', '-N', '--locale=C', '-E', 'UTF8'];
  await run(join(bin, 'initdb'), initdb, options);
  const control = (...args: readonly string[]) =>
    run(
      join(bin, 'pg_ctl'),
      ['-D', data, '-w', '-t', '150', '-l', join(folder, 'log'), ...args],
      options,
    );
  // After a crash every file is written to disk first, which takes minutes on a slow one when each is asked for by itself.
  const settings = '-c max_connections=100 -c recovery_init_sync_method=syncfs';
  const start = () => control('-o', `-c listen_addresses='' ${settings} -k ${folder}`, 'start');
  await start();
  const asSuperuser = async (database: string, sql: string): Promise<readonly object[]> => {
    const client = new Client({ host: folder, user: 'postgres', database });
    await client.connect();
    try {
      const { rows } = await client.query(sql);
      return rows;
    } finally {
      await client.end();
    }
  };
  for (const role of Object.values(ROLES)) {
    await asSuperuser('postgres', `CREATE ROLE ${role} LOGIN`);
  }
  const create = async (clause: string): Promise<string> => {
    const name = `ledger_${crypto.randomUUID().replaceAll('-', '')}`;
    await asSuperuser('postgres', `CREATE DATABASE ${name} OWNER ${ROLES.owner} ${clause}`);
    return name;
  };
  const template = await create('');
  await migrateLedger(connectionOf(folder, template, ROLES.owner), ROLES);
  return {
    folder,
    createLedger: () => create(`TEMPLATE ${template}`),
    createDatabase: () => create(''),
    asSuperuser,
    crash: async () => {
      await control('-m', 'immediate', 'stop');
      await start();
    },
    stop: async () => {
      await control('-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
