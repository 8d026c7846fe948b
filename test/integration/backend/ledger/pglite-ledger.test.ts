import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compareLaunches } from '../../../../src/backend/adapters/ledger/launches/compare-launches.ts';
import { openPgliteLedger } from '../../../../src/backend/adapters/ledger/pglite/pglite-ledger.ts';
import {
  createSqlLedger,
  type LedgerHead,
  type SqlLedger,
} from '../../../../src/backend/adapters/ledger/sql-ledger.ts';
import { verifyChain } from '../../../../src/backend/adapters/ledger/verification/verify-chain.ts';
import {
  EVENT_OF_ROW,
  type LaunchFacts,
  type Ledger,
} from '../../../../src/backend/ports/ledger.ts';
import { transitionsOf } from '../../../../src/contract/launch-transitions.ts';
import { agentId, customerId, launchId, targetAppId } from '../../../unit/backend/fixtures.ts';
import { ledgerSuite } from '../../../unit/backend/ports/ledger-suite.ts';
import { emptyLedger } from './empty-ledger.ts';

const newFolder = () => join(mkdtempSync(join(tmpdir(), 'understudy-ledger-')), 'data');

const facts = (): LaunchFacts => ({
  launchId: launchId(crypto.randomUUID()),
  agentId: agentId('auth0|agent'),
  agentIp: '203.0.113.7',
  customerId: customerId(`auth0|${crypto.randomUUID()}`),
  customerName: 'Nora Lindqvist',
  customerEmail: 'nora@customers.example',
  reason: 'Cannot see the invoice',
  targetAppId: targetAppId('shop'),
  requestId: 'r-1',
});

const LATER = new Date('2999-01-01T00:00:00Z');
const rival = { endedAt: LATER, redeemableUntil: LATER, lookDueUntil: LATER };

const request = (ledger: Ledger) =>
  ledger.claim({ type: 'launch_requested', launch: facts(), rival });

describe('the embedded ledger', () => {
  let ledger: Ledger;
  const heads: LedgerHead[] = [];
  beforeAll(async () => {
    ledger = await openPgliteLedger(newFolder(), (head) => heads.push(head));
  });
  afterAll(() => ledger.close());

  ledgerSuite('PGlite', async () => ledger);

  it('the embedded ledger has a chain that verification, written apart from it, finds intact', async () => {
    await Promise.all(Array.from({ length: 30 }, () => request(ledger)));
    expect(await verifyChain(ledger.rows(), { head: heads.at(-1) })).toMatchObject({
      intact: true,
    });
  });

  it('the embedded ledger tells each new head, one after the other', async () => {
    const before = heads.length;
    await request(ledger);
    await request(ledger);
    const [first, second] = heads.slice(before);
    expect(second?.seq).toBe((first?.seq ?? 0) + 1);
  });

  it('the embedded ledger tells the head that a new version of the rules makes, once', async () => {
    const before = heads.length;
    expect(await ledger.claimPolicy('a-new-version', true)).toBe(true);
    expect(await ledger.claimPolicy('a-new-version', true)).toBe(true);
    await request(ledger);
    const [adopted, requested, ...others] = heads.slice(before);
    expect(requested?.seq).toBe((adopted?.seq ?? 0) + 1);
    expect(others).toEqual([]);
  });

  it('the embedded ledger has no personal value in what is hashed', async () => {
    await request(ledger);
    for await (const { content } of ledger.rows()) {
      expect(content).not.toMatch(/nora|Lindqvist|invoice|203\.0|auth0/i);
    }
  });
});

describe('the database', () => {
  let client: PGlite;
  beforeAll(async () => {
    const folder = emptyLedger();
    const ledger = await openPgliteLedger(folder, () => undefined);
    await request(ledger);
    await ledger.close();
    client = await PGlite.create(join(folder, 'database'));
  });
  afterAll(() => client.close());

  it.each([
    "UPDATE ledger SET content = '{}'",
    'DELETE FROM ledger',
    'TRUNCATE ledger CASCADE',
    "UPDATE ledger_personal SET fields = '[]'",
  ])('the ledger’s database refuses %s', async (statement) => {
    await expect(client.exec(statement)).rejects.toThrow('The ledger is append-only.');
  });

  it('the ledger’s database puts its own number, time and hash on a row, whatever is sent', async () => {
    await client.exec(
      "INSERT INTO ledger VALUES (99, 7, '1999-01-01', '{\"commitments\":{}}', 'x', 'y')",
    );
    const { rows } = await client.query<{ seq: number; recorded_at: string; hash: string }>(
      'SELECT * FROM ledger ORDER BY seq DESC LIMIT 1',
    );
    expect(rows[0]).toMatchObject({ seq: 2, hash_version: 2 });
    expect(rows[0]?.recorded_at).not.toContain('1999');
  });

  it('the ledger’s database knows the same transitions as the contract', async () => {
    const { rows } = await client.query<Record<'row_type' | 'state' | 'next_state', string>>(
      'SELECT row_type, state, next_state FROM launch_transitions',
    );
    const known = rows.map(
      ({ row_type, state, next_state }) => `${row_type}: ${state} → ${next_state}`,
    );
    const expected = Object.entries(EVENT_OF_ROW).flatMap(([type, event]) =>
      Object.entries(transitionsOf(event)).map(([state, next]) => `${type}: ${state} → ${next}`),
    );
    expect(known.toSorted()).toEqual(expected.toSorted());
  });

  it('the ledger’s database lets personal values be erased', async () => {
    await client.exec('DELETE FROM ledger_personal');
    const { rows } = await client.query('SELECT * FROM ledger_personal');
    expect(rows).toEqual([]);
  });
});

/** What an owner can do who wants no trigger and no foreign key in the way. */
const AS_OWNER = 'SET session_replication_role = replica; ALTER TABLE ledger DISABLE TRIGGER USER;';

describe('after its owner tampered with the database', () => {
  it.each([
    ['an edit', "UPDATE ledger SET content = replace(content, 'shop', 'desk') WHERE seq = 2"],
    [
      'a removed row',
      'DELETE FROM ledger_personal WHERE seq = 2; DELETE FROM launches WHERE first_seq = 2; DELETE FROM ledger WHERE seq = 2',
    ],
    [
      'an exchange of two rows',
      'UPDATE ledger SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3); UPDATE ledger SET seq = -seq WHERE seq < 0',
    ],
  ])(
    'after its owner tampered with the ledger, verification finds %s',
    async (_name, statement) => {
      const folder = emptyLedger();
      const ledger = await openPgliteLedger(folder, () => undefined);
      for (let count = 0; count < 4; count += 1) {
        await request(ledger);
      }
      await ledger.close();
      const client = await PGlite.create(join(folder, 'database'));
      await client.exec(`${AS_OWNER} ${statement}`);
      await client.close();
      const reopened = await openPgliteLedger(folder, () => undefined);
      expect(await verifyChain(reopened.rows())).toMatchObject({ intact: false });
      await reopened.close();
    },
  );

  it('after its owner tampered with the ledger, verification finds a truncation against the noted head', async () => {
    const folder = emptyLedger();
    const heads: LedgerHead[] = [];
    const ledger = await openPgliteLedger(folder, (head) => heads.push(head));
    for (let count = 0; count < 3; count += 1) {
      await request(ledger);
    }
    await ledger.close();
    const client = await PGlite.create(join(folder, 'database'));
    await client.exec(
      `${AS_OWNER} DELETE FROM launches WHERE first_seq = 3; DELETE FROM ledger_personal WHERE seq = 3; DELETE FROM ledger WHERE seq = 3`,
    );
    await client.close();
    const reopened = await openPgliteLedger(folder, () => undefined);
    expect(await verifyChain(reopened.rows())).toMatchObject({ intact: true });
    expect(await verifyChain(reopened.rows(), { head: heads.at(-1) })).toMatchObject({
      intact: false,
      row: 3,
    });
    await reopened.close();
  });
});

describe('the table of launches', () => {
  const issued = (launch: LaunchFacts) =>
    ({
      type: 'launch_issued',
      launchId: launch.launchId,
      requestId: 'r-2',
      tokenSha256Prefix: '0123456789abcdef',
      sessionEndsAt: new Date('2026-03-01T14:00:00.123Z'),
      redeemableUntil: LATER,
      lookDueUntil: LATER,
    }) as const;

  const first = facts();
  let client: PGlite;
  let ledger: SqlLedger;
  beforeAll(async () => {
    const folder = emptyLedger();
    client = await PGlite.create(join(folder, 'database'));
    ledger = createSqlLedger({
      database: drizzle(client),
      assertDurable: () => undefined,
      probe: async () => undefined,
      onHead: () => undefined,
      close: () => client.close(),
    });
    await ledger.claim({ type: 'launch_requested', launch: first, rival });
    await ledger.advance(issued(first));
    await request(ledger);
    await ledger.claim({ type: 'launch_refused', launch: facts(), code: 'customer_protected' });
  });
  afterAll(() => ledger.close());
  beforeEach(async () => {
    await client.exec('BEGIN');
  });
  afterEach(async () => {
    await client.exec('ROLLBACK');
  });

  const compare = () => compareLaunches(ledger.launchPages(), 4);

  it('the table of launches as it was written fits the chain', async () => {
    expect(await compare()).toBeUndefined();
  });

  it.each([
    ['a removed launch', 'DELETE FROM launches WHERE first_seq = 3', 3, 'is missing in'],
    ['another state', "UPDATE launches SET state = 'refused' WHERE first_seq = 1", 1, '"state"'],
    ['another agent', "UPDATE launches SET agent_id = 'x' WHERE first_seq = 1", 1, '"agentId"'],
    [
      'another app',
      "UPDATE launches SET target_app_id = 'x' WHERE first_seq = 4",
      4,
      '"targetAppId"',
    ],
    [
      'an organization',
      "UPDATE launches SET organization_id = 'x' WHERE first_seq = 1",
      1,
      '"organizationId"',
    ],
    [
      'another end',
      'UPDATE launches SET session_ends_at = now() WHERE first_seq = 1',
      1,
      '"sessionEndsAt"',
    ],
    ['a session', "UPDATE launches SET session_id = 'x' WHERE first_seq = 1", 1, '"sessionId"'],
    ['another code', "UPDATE launches SET code = 'internal' WHERE first_seq = 4", 4, '"code"'],
    [
      'another time',
      "UPDATE launches SET requested_at = now() + interval '1 s' WHERE first_seq = 1",
      1,
      '"requestedAt"',
    ],
    [
      'a launch that never was',
      "INSERT INTO launches (id, first_seq, agent_id, state, target_app_id, requested_at) VALUES (gen_random_uuid(), 1, 'x', 'issued', 'shop', now())",
      1,
      'is in the table of launches only',
    ],
  ])('with %s is found out', async (_name, statement, row, problem) => {
    await client.exec(statement);
    expect(await compare()).toEqual({ row, problem: expect.stringContaining(problem) });
  });

  it('no id is used twice, even when its launch was removed from the table', async () => {
    await client.exec(`DELETE FROM launches WHERE id = '${first.launchId}'`);
    expect(await ledger.claim({ type: 'launch_requested', launch: first, rival })).toBe(
      'already_requested',
    );
  });
});

describe('the data folder', () => {
  it('a data folder whose database goes away makes the ledger unavailable', async () => {
    const folder = emptyLedger();
    const ledger = await openPgliteLedger(folder, () => undefined);
    renameSync(join(folder, 'database'), join(folder, 'elsewhere'));
    await expect(request(ledger)).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
    mkdirSync(join(folder, 'database'));
    await expect(request(ledger)).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
  });

  it('a data folder that had a ledger does not begin a new one in silence', async () => {
    const folder = emptyLedger();
    const ledger = await openPgliteLedger(folder, () => undefined);
    await ledger.close();
    renameSync(join(folder, 'database'), join(folder, 'elsewhere'));
    await expect(openPgliteLedger(folder, () => undefined)).rejects.toThrow(
      /The ledger in .* is gone/,
    );
  });

  it.each([
    [
      'whose control file is gone',
      (database: string) => rmSync(join(database, 'global/pg_control')),
    ],
    [
      'whose control file is empty',
      (database: string) => truncateSync(join(database, 'global/pg_control'), 0),
    ],
    [
      'of another version',
      (database: string) => writeFileSync(join(database, 'PG_VERSION'), '9\n'),
    ],
  ])('%s is refused with a sentence that says what to do', async (_name, damage) => {
    const folder = emptyLedger();
    damage(join(folder, 'database'));
    await expect(openPgliteLedger(folder, () => undefined)).rejects.toMatchObject({
      name: 'DataFolderError',
      message: `The ledger's database in ${folder} cannot be opened: it is damaged, or another version made it. Restore the folder from a backup.`,
    });
  });

  const holder = {
    nonce: 'other',
    host: hostname(),
    processNamespace: readlinkSync('/proc/self/ns/pid'),
    pid: process.pid,
    startedAt: '1',
  };
  const openLocked = async (changes: Partial<typeof holder>, silentSeconds = 0) => {
    const folder = emptyLedger();
    const lock = join(folder, 'understudy.lock');
    writeFileSync(lock, JSON.stringify({ ...holder, ...changes }));
    const lastBeat = Date.now() / 1000 - silentSeconds;
    utimesSync(lock, lastBeat, lastBeat);
    return openPgliteLedger(folder, () => undefined);
  };

  it.each([
    ['of its own process id, as after a restart in a container', {}, 0],
    ['of a process that is dead', { pid: 2 ** 22 }, 0],
    ['of a process id that another process has now', { pid: 1 }, 0],
    ['of another host that went silent', { host: 'other' }, 20],
    ['of another container that went silent', { processNamespace: 'pid:[1]' }, 20],
  ])('a data folder is taken over from a lock %s', async (_name, changes, silentSeconds) => {
    const ledger = await openLocked(changes, silentSeconds);
    expect(await request(ledger)).toBe('recorded');
    await ledger.close();
  });

  it.each([
    ['another host', { host: 'other' }],
    ['another container', { processNamespace: 'pid:[1]' }],
  ])('a data folder is not taken over from %s that is alive', async (_name, changes) => {
    await expect(openLocked(changes)).rejects.toThrow('Another process is using the ledger');
  });

  it('a data folder that somebody else took over takes no more rows, and its lock is left alone', async () => {
    const folder = emptyLedger();
    const ledger = await openPgliteLedger(folder, () => undefined);
    const lock = join(folder, 'understudy.lock');
    writeFileSync(lock, JSON.stringify(holder));
    await expect(request(ledger)).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
    await ledger.close();
    expect(existsSync(lock)).toBe(true);
  });

  it('a data folder is kept over a restart', async () => {
    const folder = emptyLedger();
    const first = await openPgliteLedger(folder, () => undefined);
    const launch = facts();
    await first.claim({ type: 'launch_requested', launch, rival });
    await first.close();
    const second = await openPgliteLedger(folder, () => undefined);
    expect((await second.findLaunch(launch.launchId))?.launch.state).toBe('requested');
    await second.close();
  });

  it('a data folder takes one process at a time', async () => {
    const folder = emptyLedger();
    const first = await openPgliteLedger(folder, () => undefined);
    await expect(openPgliteLedger(folder, () => undefined)).rejects.toThrow(
      'Another process is using the ledger',
    );
    await first.close();
    const second = await openPgliteLedger(folder, () => undefined);
    await second.close();
  });

  it('a data folder that is read-only is refused at the start', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    chmodSync(folder, 0o500);
    await expect(openPgliteLedger(folder, () => undefined)).rejects.toThrow(
      /read-only|cannot be used/,
    );
  });

  it('a data folder that becomes read-only, or goes away, makes the ledger unavailable', async () => {
    const folder = emptyLedger();
    const ledger = await openPgliteLedger(folder, () => undefined);
    chmodSync(folder, 0o500);
    await expect(request(ledger)).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
    await expect(ledger.assertWritable()).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
    chmodSync(folder, 0o700);
    expect(await request(ledger)).toBe('recorded');
    renameSync(folder, `${folder}-away`);
    await expect(request(ledger)).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
    mkdirSync(folder);
    await expect(request(ledger)).rejects.toMatchObject({ name: 'LedgerUnavailableError' });
    renameSync(folder, `${folder}-new`);
    renameSync(`${folder}-away`, folder);
    expect(await request(ledger)).toBe('recorded');
    await ledger.close();
  });
});
