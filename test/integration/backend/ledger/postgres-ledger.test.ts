import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  MIGRATIONS_FOLDER,
  newestMigration,
} from '../../../../src/backend/adapters/ledger/migrations.ts';
import { migrateLedger } from '../../../../src/backend/adapters/ledger/postgres/migrate.ts';
import {
  openPostgresLedger,
  readPostgresLedger,
} from '../../../../src/backend/adapters/ledger/postgres/postgres-ledger.ts';
import type { SqlLedger } from '../../../../src/backend/adapters/ledger/sql-ledger.ts';
import { verifyLedger } from '../../../../src/backend/adapters/ledger/verification/verify-ledger.ts';
import { canRunWith, POSTGRES } from '../../../../src/commands/test-programs.ts';
import { ledgerSuite } from '../../../unit/backend/ports/ledger-suite.ts';
import { atATime, claimRow, issuedRow } from './ledger-rows.ts';
import { type Cluster, connectionOf, ROLES, startCluster } from './postgres-cluster.ts';

const silent = { onHead: () => undefined, onConnectionLost: () => undefined };

describe.skipIf(!canRunWith(POSTGRES))('a ledger in PostgreSQL', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster?.stop());

  const open = (database: string, role: string = ROLES.writer) =>
    openPostgresLedger(connectionOf(cluster.folder, database, role), silent);

  describe('shared by everything in this group', () => {
    let ledger: SqlLedger;
    beforeAll(async () => {
      ledger = await open(await cluster.createLedger());
    });
    afterAll(() => ledger?.close());

    ledgerSuite('PostgreSQL', async () => ledger);

    it('a ledger in PostgreSQL has a chain and a table of launches that verification finds intact', async () => {
      await atATime(6, 30, () => ledger.claim(claimRow()));
      expect(await verifyLedger(ledger)).toMatchObject({ intact: true });
    });
  });

  it('two connections that begin, carry on and replace the same launches never wait for each other in a circle', async () => {
    const database = await cluster.createLedger();
    const ledgers = await Promise.all([open(database), open(database)]);
    const customerId = crypto.randomUUID();
    const outcomes = await atATime(12, 60, async (index) => {
      const ledger = ledgers[index % 2] ?? ledgers[0];
      const claim = claimRow({ customerId });
      await ledger.claim(claim);
      return ledger.advance(issuedRow(claim.launch.launchId));
    });
    expect(outcomes.filter((outcome) => outcome === 'recorded').length).toBeGreaterThan(0);
    expect(await verifyLedger(ledgers[0])).toMatchObject({ intact: true });
    await Promise.all(ledgers.map((ledger) => ledger.close()));
  });

  it('what a launch yielded is recorded ahead of a crowd of launches that begin, or its token would be lost', async () => {
    const ledger = await open(await cluster.createLedger());
    const [first, second] = [claimRow(), claimRow()];
    await ledger.claim(first);
    await ledger.claim(second);
    // Opens the connection, which is not what is shown here.
    await ledger.advance(issuedRow(first.launch.launchId));
    const CROWD = 100;
    let begun = 0;
    // One that waits too long is refused.
    const crowd = Promise.allSettled(
      Array.from({ length: CROWD }, async () => {
        await ledger.claim(claimRow());
        begun += 1;
      }),
    );
    expect(await ledger.advance(issuedRow(second.launch.launchId))).toBe('recorded');
    expect(begun).toBeLessThan(CROWD / 2);
    await crowd;
    await ledger.close();
  });

  it('a ledger appends in read committed, whatever the server’s default is', async () => {
    const database = await cluster.createLedger();
    await cluster.asSuperuser(
      database,
      `ALTER DATABASE ${database} SET default_transaction_isolation = 'serializable'`,
    );
    const ledger = await open(database);
    const claims = await atATime(6, 40, () => ledger.claim(claimRow()));
    expect(claims.every((outcome) => outcome === 'recorded')).toBe(true);
    await ledger.close();
  });

  it('a ledger goes on after the server ended every connection, and tells that they were lost', async () => {
    const database = await cluster.createLedger();
    const lost: string[] = [];
    const ledger = await openPostgresLedger(connectionOf(cluster.folder, database, ROLES.writer), {
      onHead: () => undefined,
      onConnectionLost: ({ code }) => lost.push(code),
    });
    await ledger.claim(claimRow());
    await cluster.asSuperuser(
      'postgres',
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`,
    );
    // One for what begins launches, and one for everything else.
    await expect.poll(() => lost).toEqual(['57P01', '57P01']);
    expect(await ledger.claim(claimRow())).toBe('recorded');
    await ledger.close();
  });

  it('an error holds nothing of the statement or its parameters', async () => {
    const database = await cluster.createLedger();
    const ledger = await open(database);
    await cluster.asSuperuser(database, 'DROP FUNCTION claim_launch(text, jsonb, jsonb, jsonb)');
    const failure = await ledger.claim(claimRow({ reason: 'Cannot see the invoice' })).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ name: 'LedgerUnavailableError', cause: { code: '42883' } });
    const { cause } = failure as Error;
    const told = [failure, cause].map(
      (error) => `${String((error as Error).stack)} ${JSON.stringify(error)}`,
    );
    expect(told.join('\n')).not.toMatch(/invoice|claim_launch|SELECT/);
    await ledger.close();
  });

  describe('opened by a backend', () => {
    let database: string;
    beforeEach(async () => {
      database = await cluster.createLedger();
    });

    it.each([
      ['a superuser', 'postgres', 'is a superuser'],
      ['the owner', ROLES.owner, 'owns a table of the ledger'],
    ])('a database is refused to a backend that connects as %s', async (_name, role, sentence) => {
      await expect(open(database, role)).rejects.toMatchObject({
        name: 'LedgerDatabaseError',
        message: expect.stringContaining(sentence),
      });
    });

    it.each([
      ['insert rows', 'GRANT INSERT ON ledger TO', 'may write to a table'],
      ['change one column', 'GRANT UPDATE (state) ON launches TO', 'may write to a table'],
      ['delete personal values', 'GRANT DELETE ON ledger_personal TO', 'may write to a table'],
      ['empty a table', 'GRANT TRUNCATE ON duties TO', 'may write to a table'],
      ['create functions', 'GRANT CREATE ON SCHEMA public TO', 'may create objects'],
      ['act as the owner', `GRANT ${ROLES.owner} TO`, 'owns a table of the ledger'],
    ])('a database is refused to a writer that may %s', async (_name, grant, sentence) => {
      await cluster.asSuperuser(database, `${grant} ${ROLES.writer}`);
      await expect(open(database)).rejects.toThrow(sentence);
      await cluster.asSuperuser(
        database,
        `${grant.replace('GRANT', 'REVOKE').replace(/ TO$/, ' FROM')} ${ROLES.writer}`,
      );
    });

    it('a database is refused where nothing was migrated yet', async () => {
      await expect(open(await cluster.createDatabase())).rejects.toThrow(
        'Run "npm run ledger -- migrate"',
      );
    });

    it('a database is refused while its newest migration is missing', async () => {
      await cluster.asSuperuser(
        database,
        'DELETE FROM drizzle.__drizzle_migrations WHERE id = (SELECT max(id) FROM drizzle.__drizzle_migrations)',
      );
      await expect(open(database)).rejects.toThrow('older than this backend');
    });

    it('a database is refused where the server does not wait for the disk', async () => {
      await cluster.asSuperuser(database, 'ALTER SYSTEM SET fsync = off');
      await cluster.asSuperuser(database, 'SELECT pg_reload_conf()');
      await expect
        .poll(() => open(database).catch((error: Error) => error.message))
        .toContain('fsync off');
      await cluster.asSuperuser(database, 'ALTER SYSTEM RESET fsync');
      await cluster.asSuperuser(database, 'SELECT pg_reload_conf()');
    });

    it('a database where nobody listens is refused with one sentence', async () => {
      const connection = connectionOf('/nowhere', database, ROLES.writer);
      await expect(openPostgresLedger(connection, silent)).rejects.toThrow(
        "The ledger's database cannot be used: The database failed with ENOENT: there is no socket in this folder.",
      );
    });
  });

  describe('for its writer', () => {
    let writer: Client;
    beforeAll(async () => {
      const database = await cluster.createLedger();
      const ledger = await open(database);
      await ledger.claim(claimRow());
      await ledger.close();
      writer = new Client({ host: cluster.folder, database, user: ROLES.writer });
      await writer.connect();
    });
    afterAll(() => writer?.end());

    it.each([
      "INSERT INTO ledger (content) VALUES ('{}')",
      "UPDATE ledger SET content = '{}'",
      'DELETE FROM ledger',
      'TRUNCATE ledger CASCADE',
      "UPDATE launches SET state = 'ended'",
      'DELETE FROM launches',
      'DELETE FROM ledger_personal',
      "UPDATE launch_transitions SET next_state = 'issued'",
      "INSERT INTO launch_transitions VALUES ('launch_issued', 'refused', 'issued')",
      "UPDATE duties SET held_until = 'infinity'",
      'DROP TABLE ledger_personal',
      'DROP FUNCTION claim_entry',
      'ALTER TABLE ledger DISABLE TRIGGER ledger_append_only',
      'ALTER TABLE ledger DISABLE TRIGGER ALL',
      "SET session_replication_role = 'replica'",
      'CREATE TABLE public.mine (x int)',
      "SELECT append_ledger_row('{}', '[]')",
      'SELECT project_launch_row(ledger, NULL) FROM ledger',
      "SELECT keep_personal(1, '[]')",
      `SET ROLE ${ROLES.owner}`,
      `CREATE ROLE another`,
      'DELETE FROM drizzle.__drizzle_migrations',
    ])('the writer of a database is refused %s', async (statement) => {
      await expect(writer.query(statement)).rejects.toMatchObject({ code: '42501' });
    });

    it.each([
      ['a step that the state does not allow', 'launch_confirmed'],
      ['a type that is none of a launch', 'own_session'],
    ])('the writer appends nothing for %s', async (_name, type) => {
      const { rows } = await writer.query('SELECT id FROM launches');
      const content = JSON.stringify({ type, launchId: rows[0].id, commitments: {} });
      const appended = await writer.query("SELECT * FROM advance_launch($1, '[]')", [content]);
      expect(appended.rows).toEqual([]);
    });

    it.each(['launch_issued', 'session_found', 'personal_erased', 'erasure_requested'])(
      'the writer cannot append a row "%s" as one that stands alone',
      async (type) => {
        const content = JSON.stringify({ type, commitments: {} });
        await expect(writer.query("SELECT claim_entry($1, '[]')", [content])).rejects.toMatchObject(
          { code: '23514' },
        );
      },
    );

    it('the writer cannot begin a launch with a row of another type', async () => {
      await expect(
        writer.query(`SELECT claim_launch('{"type":"launch_issued"}', '[]', NULL, '{}')`),
      ).rejects.toMatchObject({ code: '23514' });
    });

    it('the writer cannot begin a launch past the limits, by a claim that knows none', async () => {
      await expect(
        writer.query(`SELECT claim_launch('{"type":"launch_requested"}', '[]', NULL)`),
      ).rejects.toMatchObject({ code: '42883' });
    });
  });

  it('every function that a role may call runs with the owner’s rights and a search path of its own', async () => {
    const callable = await cluster.asSuperuser(
      await cluster.createLedger(),
      `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
       AND proname ~ '^(claim|advance|erase|record)_'
       AND NOT (prosecdef AND proconfig @> ARRAY['search_path=public, pg_temp'])`,
    );
    expect(callable).toEqual([]);
  });

  it('nobody but its role may call any function', async () => {
    const open = await cluster.asSuperuser(
      await cluster.createLedger(),
      `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
       AND (has_function_privilege('public', oid, 'EXECUTE')
         OR has_function_privilege('${ROLES.reader}', oid, 'EXECUTE'))`,
    );
    // By which a reader says that it read.
    expect(open).toEqual([{ proname: 'record_reading' }]);
  });

  it('a reader can add a row that says that it read, and no other', async () => {
    const database = await cluster.createLedger();
    const client = new Client({ host: cluster.folder, user: ROLES.reader, database });
    await client.connect();
    const record = (type: string) =>
      client.query('SELECT FROM record_reading($1, $2)', [JSON.stringify({ type }), '[]']);
    await record('ledger_exported');
    for (const type of ['launch_requested', 'own_session', 'ledger_resumed', 'customer_erased']) {
      await expect(record(type)).rejects.toMatchObject({ code: '23514' });
    }
    await client.end();
  });

  describe('migrated', () => {
    const owner = (database: string) => connectionOf(cluster.folder, database, ROLES.owner);

    /** Brings a database as far as the release did whose newest migration this was. */
    const migrateTo = async (tag: string, database: string): Promise<void> => {
      const folder = mkdtempSync(join(tmpdir(), 'understudy-migrations-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      cpSync(MIGRATIONS_FOLDER, folder, { recursive: true });
      const file = join(folder, 'meta/_journal.json');
      const journal = JSON.parse(readFileSync(file, 'utf8'));
      const newest = journal.entries.findIndex((entry: { tag: string }) => entry.tag === tag);
      const entries = journal.entries.slice(0, newest + 1);
      writeFileSync(file, JSON.stringify({ ...journal, entries }));
      const client = new Client({ host: cluster.folder, database, user: ROLES.owner });
      await client.connect();
      await migrate(drizzle(client), { migrationsFolder: folder });
      await client.end();
    };

    it('a database that two migrate at the same time is migrated once', async () => {
      const database = await cluster.createDatabase();
      await Promise.all([
        migrateLedger(owner(database), ROLES),
        migrateLedger(owner(database), ROLES),
      ]);
      const ledger = await open(database);
      expect(await ledger.claim(claimRow())).toBe('recorded');
      await ledger.close();
    });

    it('migrations that are made while a backend of an earlier release writes lose none of its rows', async () => {
      const database = await cluster.createDatabase();
      await migrateTo('0004_erasures', database);
      // Noted as newest while the roles get their rights and the ledger is opened: a backend refuses an old database.
      await cluster.asSuperuser(
        database,
        `INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('later', ${newestMigration()})`,
      );
      await migrateLedger(owner(database), ROLES);
      const ledger = await open(database);
      await cluster.asSuperuser(
        database,
        "DELETE FROM drizzle.__drizzle_migrations WHERE hash = 'later'",
      );
      const made = async () => {
        const query = 'SELECT hash FROM drizzle.__drizzle_migrations';
        return (await cluster.asSuperuser(database, query)).length;
      };
      const before = await made();
      const outcomes = [await ledger.claim(claimRow())];
      let isMigrated = false;
      const writing = atATime(6, 6, async () => {
        while (!isMigrated) {
          outcomes.push(await ledger.claim(claimRow()));
        }
      });
      const migrating = migrateLedger(owner(database), ROLES).finally(() => {
        isMigrated = true;
      });
      await Promise.all([migrating, writing]);
      outcomes.push(await ledger.claim(claimRow()));
      expect(await made()).toBeGreaterThan(before);
      expect(outcomes.filter((outcome) => outcome !== 'recorded')).toEqual([]);
      expect(await verifyLedger(ledger)).toMatchObject({ intact: true, rows: outcomes.length });
      await ledger.close();
    });

    it('migrating is refused to a superuser, whose rights the functions would have', async () => {
      const connection = connectionOf(cluster.folder, await cluster.createDatabase(), 'postgres');
      await expect(migrateLedger(connection, ROLES)).rejects.toThrow('is a superuser');
    });

    it('migrating names the roles that are to be created first', async () => {
      const database = await cluster.createDatabase();
      await expect(migrateLedger(owner(database), { ...ROLES, writer: 'nobody' })).rejects.toThrow(
        'Create nobody, understudy_eraser, understudy_reader first',
      );
    });
  });

  it('a ledger is read for verification as of one moment, by a role that may write nothing', async () => {
    const database = await cluster.createLedger();
    const ledger = await open(database);
    await ledger.claim(claimRow());
    const reader = await readPostgresLedger(connectionOf(cluster.folder, database, ROLES.reader));
    const first = await verifyLedger(reader);
    await ledger.claim(claimRow());
    expect(first).toMatchObject({ intact: true, rows: 1 });
    expect(await verifyLedger(reader)).toEqual(first);
    await expect(reader.claim(claimRow())).rejects.toMatchObject({
      cause: { code: '42501' },
    });
    await reader.close();
    await ledger.close();
  });

  it('a ledger has every recorded row after a power failure', async () => {
    // Of its own: what the tests before wrote would have to be recovered too.
    const failing = await startCluster();
    onTestFinished(() => failing.stop());
    const connection = connectionOf(failing.folder, await failing.createLedger(), ROLES.writer);
    const ledger = await openPostgresLedger(connection, silent);
    const claim = claimRow();
    await ledger.claim(claim);
    await failing.crash();
    expect((await ledger.findLaunch(claim.launch.launchId))?.launch.state).toBe('requested');
    await ledger.close();
  }, 180_000);
});
