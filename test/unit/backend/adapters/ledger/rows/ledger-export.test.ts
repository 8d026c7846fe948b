import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitment } from '../../../../../../src/backend/adapters/ledger/rows/hash-chain.ts';
import {
  LedgerExportError,
  rowsOfExport,
} from '../../../../../../src/backend/adapters/ledger/rows/ledger-export.ts';
import { verifyChain } from '../../../../../../src/backend/adapters/ledger/verification/verify-chain.ts';
import type { LedgerRow } from '../../../../../../src/contract/ledger.ts';
import { appendRow, chain } from '../chain-fixture.ts';

const path = join(mkdtempSync(join(tmpdir(), 'understudy-export-')), 'ledger.ndjson');

/** Text that breaks readers of lines and of JSON. */
const DIFFICULT = 'a\u2028b\u2029c\u0085d\r\ne"\\\ufffd\u{1f600}';

const ROWS = appendRow(
  chain(8),
  { type: 'launch_requested', commitments: { reason: commitment('s', DIFFICULT) } },
  [{ field: 'reason', salt: 's', value: DIFFICULT }],
);
const textOf = (rows: readonly LedgerRow[]) =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const EXPORT = textOf(ROWS);
const HEAD = { seq: 9, hash: ROWS.at(-1)?.hash ?? '' };

/** What verification says of a file: intact, broken, or no export at all. */
const verdictOf = async (content: string | Uint8Array): Promise<'intact' | 'broken'> => {
  writeFileSync(path, content);
  try {
    return (await verifyChain(rowsOfExport(path), { head: HEAD })).intact ? 'intact' : 'broken';
  } catch (error) {
    if (error instanceof LedgerExportError) {
      return 'broken';
    }
    throw error;
  }
};

const messageOf = async (content: string | Uint8Array): Promise<string> => {
  writeFileSync(path, content);
  try {
    for await (const row of rowsOfExport(path)) {
      expect(row.seq).toBeGreaterThan(0);
    }
    return 'no error';
  } catch (error) {
    return String(error);
  }
};

it('an export is intact, whatever line separators the reasons in it hold', async () => {
  expect(await verdictOf(EXPORT)).toBe('intact');
});

it('an export that is longer than a chunk of the file reader is intact', async () => {
  const rows = Array.from({ length: 400 }, () => DIFFICULT.repeat(20)).reduce<LedgerRow[]>(
    (all, value) =>
      appendRow(all, { commitments: { reason: commitment('s', value) } }, [
        { field: 'reason', salt: 's', value },
      ]),
    [],
  );
  writeFileSync(path, textOf(rows));
  expect(await verifyChain(rowsOfExport(path))).toMatchObject({ intact: true, rows: 400 });
});

describe('a file is no export', () => {
  const NOT_A_ROW = 'LedgerExportError: Line 2 is not a row as the ledger exports it.';
  const [first = '', second = ''] = EXPORT.split('\n');
  const withSecond = (line: string) => `${first}\n${line}\n`;

  it.each([
    ['an unknown key', second.replace('{', '{"note":1,')],
    ['a repeated key', second.replace('{', '{"seq":2,')],
    ['a repeated key of a personal value', second.replace('"salt"', '"salt":"x","salt"')],
    ['a missing key', second.replace('"hashVersion":1,', '')],
    ['a space', second.replace(':', ': ')],
    ['another spelling of a number', second.replace('"seq":2', '"seq":2.0')],
    ['another spelling of a letter', second.replace('customer', '\\u0063ustomer')],
    ['a carriage return', `${second}\r`],
    ['nothing', ''],
    ['no JSON', 'x'],
  ])('when a line has %s', async (_name, line) => {
    expect(await messageOf(withSecond(line))).toBe(NOT_A_ROW);
  });

  it('when the last line is cut off', async () => {
    expect(await messageOf(EXPORT.slice(0, -1))).toBe(
      'LedgerExportError: The last line is cut off.',
    );
  });

  it('when it is not UTF-8', async () => {
    expect(await messageOf(new Uint8Array([0x7b, 0xff, 0x0a]))).toBe(
      'LedgerExportError: Line 1 or a later one is not UTF-8 text.',
    );
  });

  it('when it begins with a byte order mark', async () => {
    expect(await messageOf(`\ufeff${EXPORT}`)).toBe(
      'LedgerExportError: Line 1 is not a row as the ledger exports it.',
    );
  });
});

type Mutation = { readonly name: string; readonly content: string | Uint8Array };

const bytes = new TextEncoder().encode(EXPORT);
const lines = EXPORT.split('\n').slice(0, -1);
const joined = (changed: readonly string[]) => changed.map((line) => `${line}\n`).join('');
const position = fc.nat(bytes.length - 1);
const row = fc.nat(ROWS.length - 1);
const at =
  <T>(index: number, change: (value: T) => readonly T[]) =>
  (value: T, current: number): readonly T[] =>
    current === index ? change(value) : [value];
const changedRow = (index: number, change: (value: LedgerRow) => LedgerRow): string =>
  textOf(ROWS.map((value, current) => (current === index ? change(value) : value)));

/** One change to an export, anywhere: of a byte, a line, or a part of a row. */
const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(position, fc.integer({ min: 1, max: 255 })).map(([index, by]) => ({
    name: `byte ${index} changed by ${by}`,
    content: bytes.map((byte, current) => (current === index ? (byte + by) % 256 : byte)),
  })),
  position.map((index) => ({
    name: `byte ${index} removed`,
    content: bytes.filter((_, current) => current !== index),
  })),
  fc.tuple(position, fc.nat(255)).map(([index, byte]) => ({
    name: `byte ${byte} inserted at ${index}`,
    content: new Uint8Array([...bytes.slice(0, index), byte, ...bytes.slice(index)]),
  })),
  row.map((index) => ({
    name: `line ${index} removed`,
    content: joined(lines.flatMap(at<string>(index, () => []))),
  })),
  row.map((index) => ({
    name: `line ${index} twice`,
    content: joined(lines.flatMap(at(index, (line: string) => [line, line]))),
  })),
  fc.nat(ROWS.length - 2).map((index) => ({
    name: `lines ${index} and the next exchanged`,
    content: joined([
      ...lines.slice(0, index),
      lines[index + 1] ?? '',
      lines[index] ?? '',
      ...lines.slice(index + 2),
    ]),
  })),
  row.map((index) => ({
    name: `personal values of line ${index} removed`,
    content: changedRow(index, (value) => ({ ...value, personal: [] })),
  })),
  row.map((index) => ({
    name: `personal values of line ${index} twice`,
    content: changedRow(index, (value) => ({
      ...value,
      personal: [...value.personal, ...value.personal],
    })),
  })),
  fc.tuple(row, fc.string()).map(([index, value]) => ({
    name: `a personal value added to line ${index}`,
    content: changedRow(index, (old) => ({
      ...old,
      personal: [...old.personal, { field: 'ticket', salt: 's', value }],
    })),
  })),
  fc.tuple(row, fc.string({ minLength: 1 })).map(([index, key]) => ({
    name: `a key added to line ${index}`,
    content: joined(
      lines.flatMap(
        at(index, (line: string) => [`${line.slice(0, -1)},${JSON.stringify(key)}:1}`]),
      ),
    ),
  })),
);

it('every one of 2,500 random single changes to an export is found', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(mutations, async ({ content }) => (await verdictOf(content)) === 'broken'),
    { numRuns: 2_500, seed: 20_261_121 },
  );
});

it('a file that is one line longer than any row is refused before all of it is in memory', async () => {
  writeFileSync(path, '');
  truncateSync(path, 1024 * 1024 * 1024);
  await expect(rowsOfExport(path).next()).rejects.toThrow(
    'A line is longer than any row of a ledger.',
  );
});

it('a line that comes in many parts is read whole', async () => {
  const long = 'a'.repeat(300_000);
  const rows = appendRow(
    chain(1),
    { type: 'launch_requested', commitments: { reason: commitment('s', long) } },
    [{ field: 'reason', salt: 's', value: long }],
  );
  writeFileSync(path, textOf(rows));
  const read: LedgerRow[] = [];
  for await (const row of rowsOfExport(path)) {
    read.push(row);
  }
  expect(read).toEqual(rows);
});
