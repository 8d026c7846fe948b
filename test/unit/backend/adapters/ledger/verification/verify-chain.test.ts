import { describe, expect, it } from 'vitest';
import {
  GENESIS_HASH,
  hashRow,
} from '../../../../../../src/backend/adapters/ledger/rows/hash-chain.ts';
import { verifyChain } from '../../../../../../src/backend/adapters/ledger/verification/verify-chain.ts';
import type { LedgerRow } from '../../../../../../src/contract/ledger.ts';
import { appendRow, chain } from '../chain-fixture.ts';

const verify = (rows: readonly LedgerRow[], head?: { seq: number; hash: string }) =>
  verifyChain(
    (async function* () {
      yield* rows;
    })(),
    { head },
  );

const changed = (change: (rows: LedgerRow[]) => LedgerRow[]) => verify(change(chain(5)));
const edit = (seq: number, edits: Partial<LedgerRow>) => (rows: LedgerRow[]) =>
  rows.map((row) => (row.seq === seq ? { ...row, ...edits } : row));

const twoOf = (seq: number) => ({ field: 'name', salt: 'salt', value: `customer ${seq}` });

describe('a ledger', () => {
  it('as written is intact', async () => {
    expect(await verify(chain(5))).toMatchObject({ intact: true, rows: 5, head: { seq: 5 } });
  });

  it('without rows is intact', async () => {
    expect(await verify([])).toEqual({ intact: true, rows: 0, erased: 0, head: undefined });
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
    ['an unknown hash version', edit(2, { hashVersion: 3 }), 2, 'its hash version 3 is unknown'],
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
    [
      'a personal value under the name of a property of every object',
      edit(2, { personal: [{ field: 'constructor', salt: 's', value: 'v' }] }),
      2,
      'its personal value "constructor" was changed',
    ],
    [
      'a personal value that was removed',
      edit(2, { personal: [] }),
      2,
      'its personal value "name" is missing, and no row says that it was erased',
    ],
    [
      'a personal value twice',
      edit(2, { personal: [twoOf(2), twoOf(2)] }),
      2,
      'its personal value "name" is there twice',
    ],
    [
      'a part that no row has',
      (rows) => edit(2, { note: 'x' } as Partial<LedgerRow>)(rows),
      2,
      'it has a part that no row of the ledger has',
    ],
    [
      'a personal value with a part that none has',
      edit(2, { personal: [{ ...twoOf(2), note: 'x' } as LedgerRow['personal'][number]] }),
      2,
      'it has a part that no row of the ledger has',
    ],
  ])('with %s is found out', async (_name, change, row, problem) => {
    expect(await changed(change)).toEqual({ intact: false, row, problem });
  });

  it('rewritten from a row on does not fit what follows', async () => {
    const verdict = await changed((rows) => {
      const row = rows[2];
      if (!row) {
        return rows;
      }
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

/** A chain of five whose second row has lost its personal value, with a sixth that says this. */
const withErasure = (erased: unknown) =>
  appendRow(edit(2, { personal: [] })(chain(5)), {
    type: 'personal_erased',
    erased,
    commitments: {},
  });

describe('an erasure', () => {
  it('that a later row tells of leaves the ledger intact, and is counted', async () => {
    expect(await verify(withErasure([{ seq: 2, fields: ['name'] }]))).toMatchObject({
      intact: true,
      rows: 6,
      erased: 1,
    });
  });

  it.each([
    [
      'of a value that is still there',
      [{ seq: 3, fields: ['name'] }],
      'it says that "name" of row 3 was erased, and it was not',
    ],
    [
      'of a value that never was',
      [{ seq: 2, fields: ['ip'] }],
      'it says that "ip" of row 2 was erased, and it was not',
    ],
    [
      'of one value twice',
      [{ seq: 2, fields: ['name', 'name'] }],
      'it says that "name" of row 2 was erased, and it was not',
    ],
    ['without saying of what', undefined, 'what it says was erased is unreadable'],
  ])('%s is found out', async (_name, erased, problem) => {
    expect(await verify(withErasure(erased))).toEqual({ intact: false, row: 6, problem });
  });

  it('does not cover a value that is missing elsewhere', async () => {
    const rows = withErasure([{ seq: 2, fields: ['name'] }]);
    expect(await verify(edit(4, { personal: [] })(rows))).toMatchObject({ intact: false, row: 4 });
  });
});

it('content that names a key twice is unreadable, even where the hash fits', async () => {
  const [first] = chain(1);
  const content = `{"type":"y",${first?.content.slice(1)}`;
  const row = { ...first, content } as LedgerRow;
  expect(await verify([{ ...row, hash: hashRow(row) }])).toEqual({
    intact: false,
    row: 1,
    problem: 'its content is unreadable',
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
