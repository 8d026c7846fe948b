import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importLedger } from '../../../../src/backend/adapters/ledger/import-ledger.ts';
import {
  openPgliteDatabase,
  openPgliteLedger,
} from '../../../../src/backend/adapters/ledger/pglite/pglite-ledger.ts';
import { importIntoPostgres } from '../../../../src/backend/adapters/ledger/postgres/import-into-postgres.ts';
import { openPostgresLedger } from '../../../../src/backend/adapters/ledger/postgres/postgres-ledger.ts';
import type { LedgerHead } from '../../../../src/backend/adapters/ledger/rows/appended-row.ts';
import { rowsOfExport } from '../../../../src/backend/adapters/ledger/rows/ledger-export.ts';
import { verifyLedger } from '../../../../src/backend/adapters/ledger/verification/verify-ledger.ts';
import { canRunWith, POSTGRES } from '../../../../src/commands/test-programs.ts';
import type { LaunchId } from '../../../../src/contract/ids.ts';
import { emptyLedger } from './empty-ledger.ts';
import { claimRow, issuedRow } from './ledger-rows.ts';
import { type Cluster, connectionOf, ROLES, startCluster } from './postgres-cluster.ts';

const newPath = (name: string): string =>
  join(mkdtempSync(join(tmpdir(), 'understudy-import-')), name);

/** What `ledger -- export` wrote of a small ledger. */
const exported = newPath('ledger.ndjson');
let head: LedgerHead;
let issuedId: LaunchId;
let lines: readonly string[];

beforeAll(async () => {
  const ledger = await openPgliteLedger(emptyLedger(), (newest) => {
    head = newest;
  });
  const claim = claimRow();
  issuedId = claim.launch.launchId;
  await ledger.claim(claim);
  await ledger.advance(issuedRow(issuedId));
  for (let count = 0; count < 4; count += 1) {
    await ledger.claim(claimRow());
  }
  const rows: string[] = [];
  for await (const row of ledger.rows()) {
    rows.push(JSON.stringify(row));
  }
  lines = rows;
  await ledger.close();
  writeFileSync(exported, `${lines.join('\n')}\n`);
});

const importInto = async (folder: string, file: string, noted?: LedgerHead) => {
  const target = await openPgliteDatabase(folder);
  try {
    return await importLedger(target.database, rowsOfExport(file), noted);
  } finally {
    await target.close();
  }
};

describe('a ledger that is restored from its export', () => {
  it('a restored ledger has every row with its hash, and goes on from there', async () => {
    const folder = emptyLedger();
    expect(await importInto(folder, exported, head)).toEqual(head);
    const ledger = await openPgliteLedger(folder, () => undefined);
    expect((await ledger.findLaunch(issuedId))?.launch).toMatchObject({
      state: 'issued',
      customerName: 'Nora Lindqvist',
      agentId: 'auth0|agent',
      sessionEndsAt: '2998-03-01T14:00:00.123Z',
    });
    await ledger.claim(claimRow());
    expect(await verifyLedger(ledger, { head })).toMatchObject({ intact: true, rows: 7 });
    await ledger.close();
  });

  it.each<[string, (rows: readonly string[]) => readonly string[], string]>([
    [
      'a changed row',
      ([first = '', ...rest]) => [first.replace('shop', 'desk'), ...rest],
      'Row 1 is broken: it was changed.',
    ],
    [
      'a missing row',
      ([first = '', , ...rest]) => [first, ...rest],
      'Row 3 is broken: row 2 is missing.',
    ],
    ['a missing end', (rows) => rows.slice(0, 4), 'Row 6 is broken: the ledger ends at row 4'],
    [
      'a changed personal value',
      ([first = '', ...rest]) => [first.replace('Nora', 'Eve'), ...rest],
      'its personal value "customerName" was changed',
    ],
    ['no row', () => [], 'the ledger ends at row 0'],
  ])('a restore of an export with %s leaves the ledger empty', async (_name, change, problem) => {
    const file = newPath('ledger.ndjson');
    writeFileSync(
      file,
      change(lines)
        .map((line) => `${line}\n`)
        .join(''),
    );
    const folder = emptyLedger();
    await expect(importInto(folder, file, head)).rejects.toThrow(problem);
    const ledger = await openPgliteLedger(folder, () => undefined);
    expect(await verifyLedger(ledger)).toMatchObject({ intact: true, rows: 0 });
    await ledger.claim(claimRow());
    await ledger.close();
  });

  it('a ledger that has rows is not imported into', async () => {
    const folder = emptyLedger();
    await importInto(folder, exported);
    await expect(importInto(folder, exported)).rejects.toThrow('has rows already');
  });
});

describe.skipIf(!canRunWith(POSTGRES))('an embedded ledger that moves to PostgreSQL', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster?.stop());

  it('a ledger that moved to PostgreSQL keeps its chain, and its backend appends to it', async () => {
    const database = await cluster.createLedger();
    const owner = connectionOf(cluster.folder, database, ROLES.owner);
    expect(await importIntoPostgres(owner, rowsOfExport(exported), head)).toEqual(head);
    const writer = connectionOf(cluster.folder, database, ROLES.writer);
    const ledger = await openPostgresLedger(writer, {
      onHead: () => undefined,
      onConnectionLost: () => undefined,
    });
    expect(await ledger.claim(claimRow())).toBe('recorded');
    expect(await verifyLedger(ledger, { head })).toMatchObject({ intact: true, rows: 7 });
    await ledger.close();
  });

  it('nobody but the owner can import into a database', async () => {
    const database = await cluster.createLedger();
    const writer = connectionOf(cluster.folder, database, ROLES.writer);
    await expect(importIntoPostgres(writer, rowsOfExport(exported), head)).rejects.toThrow(
      'The rows cannot be imported: The database failed with 42501: the role has no right to this.',
    );
  });
});
