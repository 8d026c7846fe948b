import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPgliteLedger } from '../../../../src/backend/adapters/ledger/pglite/pglite-ledger.ts';
import type { LedgerHead } from '../../../../src/backend/adapters/ledger/rows/appended-row.ts';
import { verifyChain } from '../../../../src/backend/adapters/ledger/verification/verify-chain.ts';
import { EVENT_OF_ROW, type Ledger } from '../../../../src/backend/ports/ledger.ts';
import { transitionsOf } from '../../../../src/contract/launch-transitions.ts';
import { ledgerSuite } from '../../../unit/backend/ports/ledger-suite.ts';
import { emptyLedger } from './empty-ledger.ts';
import { newFolder, request } from './pglite-folder.ts';

/** What an owner can do who wants no trigger and no foreign key in the way. */
const AS_OWNER = 'SET session_replication_role = replica; ALTER TABLE ledger DISABLE TRIGGER USER;';

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
