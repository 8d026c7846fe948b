import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openPgliteLedger } from '../../../src/backend/adapters/ledger/pglite/pglite-ledger.ts';
import type { LedgerHead } from '../../../src/backend/adapters/ledger/rows/appended-row.ts';
import {
  LedgerExportError,
  rowsOfExport,
} from '../../../src/backend/adapters/ledger/rows/ledger-export.ts';
import { verifyChain } from '../../../src/backend/adapters/ledger/verification/verify-chain.ts';
import { claimRow, issuedRow } from '../../integration/backend/ledger/ledger-rows.ts';

const MUTATIONS = 10_000;

/** The same numbers at each run: a whole number below a limit. */
const createRandom = (seed: number): ((limit: number) => number) => {
  let state = seed;
  return (limit) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * limit);
  };
};

type Random = ReturnType<typeof createRandom>;

/** Single changes that somebody could make to an export. Each gives another text. */
const CHANGES: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = random(copy.length);
    copy[at] = ((copy[at] ?? 0) + 1 + random(255)) % 256;
    return copy;
  },
  (bytes, random) => {
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
  },
  (bytes, random) => {
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.of(random(256)), bytes.subarray(at)]);
  },
  (bytes, random) => bytes.subarray(0, random(bytes.length)),
  (bytes, random) => {
    const lines = bytes.toString().split('\n').slice(0, -1);
    const [line = ''] = lines.splice(random(lines.length), 1);
    lines.splice(random(lines.length + 1), 0, ...(random(2) === 0 ? [] : [line, line]));
    return Buffer.from(lines.map((each) => `${each}\n`).join(''));
  },
];

it('10,000 random single changes of an export are all found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-mutations-'));
  const path = join(folder, 'ledger.ndjson');
  let head: LedgerHead | undefined;
  const ledger = await openPgliteLedger(join(folder, 'data'), (newest) => {
    head = newest;
  });
  for (let count = 0; count < 6; count += 1) {
    const claim = claimRow();
    await ledger.claim(claim);
    await ledger.advance(issuedRow(claim.launch.launchId));
  }
  const lines: string[] = [];
  for await (const row of ledger.rows()) {
    lines.push(`${JSON.stringify(row)}\n`);
  }
  await ledger.close();
  const original = Buffer.from(lines.join(''));
  writeFileSync(path, original);
  expect(await verifyChain(rowsOfExport(path), { head })).toMatchObject({ intact: true });

  const random = createRandom(7);
  const missed: string[] = [];
  for (let count = 0; count < MUTATIONS; count += 1) {
    const changed = CHANGES[count % CHANGES.length]?.(original, random) ?? original;
    if (changed.equals(original)) {
      continue;
    }
    writeFileSync(path, changed);
    const isIntact = await verifyChain(rowsOfExport(path), { head }).then(
      ({ intact }) => intact,
      (error: unknown) => {
        if (error instanceof LedgerExportError) {
          return false;
        }
        throw error;
      },
    );
    if (isIntact) {
      missed.push(readFileSync(path, 'utf8'));
    }
  }
  expect(missed).toEqual([]);
});
