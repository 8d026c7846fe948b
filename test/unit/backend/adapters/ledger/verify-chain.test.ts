import { describe, expect, it } from 'vitest';
import {
  commitment,
  GENESIS_HASH,
  hashRow,
} from '../../../../../src/backend/adapters/ledger/hash-chain.ts';
import { verifyChain } from '../../../../../src/backend/adapters/ledger/verify-chain.ts';
import type { LedgerRow } from '../../../../../src/contract/ledger.ts';

const chain = (count: number): LedgerRow[] => {
  const rows: LedgerRow[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const value = `customer ${seq}`;
    const row = {
      seq,
      hashVersion: 1,
      recordedAt: '2026-03-01T12:00:00.000000Z',
      previousHash: rows.at(-1)?.hash ?? GENESIS_HASH,
      content: JSON.stringify({ type: 'x', commitments: { name: commitment('salt', value) } }),
    };
    rows.push({ ...row, hash: hashRow(row), personal: [{ field: 'name', salt: 'salt', value }] });
  }
  return rows;
};

const verify = (rows: readonly LedgerRow[], head?: { seq: number; hash: string }) =>
  verifyChain(
    (async function* () {
      yield* rows;
    })(),
    head,
  );

const changed = (change: (rows: LedgerRow[]) => LedgerRow[]) => verify(change(chain(5)));
const edit = (seq: number, edits: Partial<LedgerRow>) => (rows: LedgerRow[]) =>
  rows.map((row) => (row.seq === seq ? { ...row, ...edits } : row));

describe('a ledger', () => {
  it('as written is intact', async () => {
    expect(await verify(chain(5))).toMatchObject({ intact: true, rows: 5, head: { seq: 5 } });
  });

  it('counts the personal values that were erased', async () => {
    expect(await changed(edit(2, { personal: [] }))).toMatchObject({ intact: true, erased: 1 });
  });

  it('without rows is intact', async () => {
    expect(await verify([])).toEqual({ intact: true, rows: 0, erased: 0, head: undefined });
  });

  it('is intact after personal values were erased', async () => {
    expect(await changed((rows) => rows.map((row) => ({ ...row, personal: [] })))).toMatchObject({
      intact: true,
    });
  });

  it.each<[string, (rows: LedgerRow[]) => LedgerRow[], number, string]>([
    ['an edited row', edit(3, { content: '{"commitments":{}}' }), 3, 'it was changed'],
    ['an edited time', edit(3, { recordedAt: '2026-03-02T12:00:00.000000Z' }), 3, 'it was changed'],
    ['a missing row', (rows) => rows.filter(({ seq }) => seq !== 3), 4, 'row 3 is missing'],
    ['a missing first row', (rows) => rows.slice(1), 2, 'row 1 is missing'],
    [
      'swapped rows',
      (rows) => [rows[0], rows[2], rows[1]].filter((row) => row !== undefined),
      3,
      'row 2 is missing',
    ],
    ['a row twice', (rows) => [...rows.slice(0, 2), ...rows.slice(1)], 2, 'row 3 is missing'],
    ['an unknown hash version', edit(2, { hashVersion: 2 }), 2, 'its hash version 2 is unknown'],
    [
      'an edited personal value',
      edit(2, { personal: [{ field: 'name', salt: 'salt', value: 'Eve' }] }),
      2,
      'its personal value "name" was changed',
    ],
    [
      'a personal value that was split otherwise',
      edit(2, { personal: [{ field: 'name', salt: 'salt\ncustomer', value: '2' }] }),
      2,
      'its personal value "name" was changed',
    ],
    [
      'a personal value that was never there',
      edit(2, { personal: [{ field: 'ip', salt: 's', value: 'v' }] }),
      2,
      'its personal value "ip" was changed',
    ],
  ])('with %s is found out', async (_name, change, row, problem) => {
    expect(await changed(change)).toEqual({ intact: false, row, problem });
  });

  it('rewritten from a row on does not fit what follows', async () => {
    const verdict = await changed((rows) => {
      const row = rows[2];
      if (!row) return rows;
      const forged = { ...row, content: '{"commitments":{}}' };
      return edit(3, { ...forged, hash: hashRow(forged), personal: [] })(rows);
    });
    expect(verdict).toEqual({
      intact: false,
      row: 4,
      problem: 'it does not follow the row before it',
    });
  });

  it('cut short passes without the noted head, and is found out with it', async () => {
    const rows = chain(5);
    const head = { seq: 5, hash: rows[4]?.hash ?? '' };
    expect(await verify(rows.slice(0, 3))).toMatchObject({ intact: true });
    expect(await verify(rows.slice(0, 3), head)).toEqual({
      intact: false,
      row: 5,
      problem: 'the ledger ends at row 3, before the noted head',
    });
  });

  it('wholly rewritten is found out with the noted head', async () => {
    expect(await verify(chain(5), { seq: 4, hash: 'f'.repeat(64) })).toEqual({
      intact: false,
      row: 4,
      problem: 'it is not the row that was noted as head',
    });
  });
});

it('the hash of a row is pinned', () => {
  const row = {
    hashVersion: 1,
    seq: 1,
    recordedAt: '2026-03-01T12:00:00.000000Z',
    previousHash: GENESIS_HASH,
    content: '{}',
  };
  expect(hashRow(row)).toBe('75d8743633fac2360c3f2e3ec4a3d80db3fd61d37c577fbba0eed1c3274e44e1');
});
