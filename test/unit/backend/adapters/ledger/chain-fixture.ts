import {
  commitment,
  GENESIS_HASH,
  hashRow,
} from '../../../../../src/backend/adapters/ledger/rows/hash-chain.ts';
import type { LedgerRow } from '../../../../../src/contract/ledger.ts';

/** The rows with one more that fits; its personal values are given, its content commits to them or not. */
export const appendRow = (
  rows: readonly LedgerRow[],
  content: object,
  personal: LedgerRow['personal'] = [],
): LedgerRow[] => {
  const row = {
    seq: rows.length + 1,
    hashVersion: 1,
    recordedAt: '2026-03-01T12:00:00.000000Z',
    previousHash: rows.at(-1)?.hash ?? GENESIS_HASH,
    content: JSON.stringify(content),
  };
  return [...rows, { ...row, hash: hashRow(row), personal }];
};

/** A chain of rows that each commit to the name of a customer, `customer 1` and so on, under one salt. */
export const chain = (count: number): LedgerRow[] =>
  Array.from({ length: count }, (_, index) => `customer ${index + 1}`).reduce<LedgerRow[]>(
    (rows, value) =>
      appendRow(rows, { type: 'x', commitments: { name: commitment('salt', value) } }, [
        { field: 'name', salt: 'salt', value },
      ]),
    [],
  );
