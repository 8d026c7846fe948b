import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPgliteLedger } from '../../../../src/backend/adapters/ledger/pglite/pglite-ledger.ts';
import type { SqlLedger } from '../../../../src/backend/adapters/ledger/sql-ledger.ts';
import { verifyChain } from '../../../../src/backend/adapters/ledger/verification/verify-chain.ts';
import type { Reads } from '../../../../src/backend/ports/read-counts.ts';
import { agentId, customerId } from '../../../unit/backend/fixtures.ts';
import { someCustomers } from '../../../unit/backend/reading/fake-read-counts.ts';

const HOUR = new Date('2026-03-01T12:00:00Z');
const LATER = new Date('2026-03-01T13:00:00Z');

describe('the counts of reads in the database', () => {
  let ledger: SqlLedger;
  beforeAll(async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'understudy-reads-')), 'data');
    ledger = await openPgliteLedger(folder, () => undefined);
  });
  afterAll(() => ledger.close());

  const reads = (agent: string, changes: Partial<Reads> = {}): Reads => ({
    agentId: agentId(agent),
    hour: HOUR,
    searches: 0,
    seen: [],
    opened: [],
    ...changes,
  });
  const countOf = async (agent: string, changes: Partial<Reads> = {}) =>
    (await ledger.countReads([reads(agent, changes)]))[0]?.customers;
  const rowsOf = async (agent: string) => {
    const rows = [];
    for await (const { content, personal } of ledger.rows()) {
      const [first, ...others] = personal;
      if (first?.value === agent) {
        rows.push({ row: JSON.parse(content), personal: others });
      }
    }
    return rows;
  };

  it('counts of reads have each customer once, in however many parts they come', async () => {
    expect(await countOf('auth0|a', { searches: 1, seen: someCustomers(20) })).toBe(20);
    expect(await countOf('auth0|a', { seen: someCustomers(20, 10) })).toBe(30);
    expect(await countOf('auth0|a', { opened: someCustomers(1) })).toBe(30);
    expect(await countOf('auth0|a')).toBe(30);
    expect(await countOf('auth0|a', { hour: LATER })).toBe(0);
  });

  it('counts of reads take those of many agents at once', async () => {
    const totals = await ledger.countReads([
      reads('auth0|c', { seen: someCustomers(2) }),
      reads('auth0|b', { opened: someCustomers(3), seen: someCustomers(1) }),
    ]);
    expect(totals).toEqual(
      expect.arrayContaining([
        { agentId: 'auth0|c', hour: HOUR, customers: 2 },
        { agentId: 'auth0|b', hour: HOUR, customers: 3 },
      ]),
    );
  });

  it('counts of reads become one row for each agent and hour, with commitments to the customers that were opened', async () => {
    await countOf('auth0|d', {
      searches: 7,
      seen: someCustomers(5),
      opened: [customerId('auth0|nora'), customerId('auth0|uma')],
    });
    await ledger.closeReads(LATER);
    const [only, ...others] = await rowsOf('auth0|d');
    expect(others).toEqual([]);
    expect(only?.row).toMatchObject({
      type: 'customers_read',
      hour: '2026-03-01T12:00:00.000Z',
      searches: 7,
      customersSeen: 7,
      customersOpened: 2,
      commitments: {
        'openedCustomerId.1': expect.any(String),
        'openedCustomerId.2': expect.any(String),
      },
    });
    expect(only?.personal).toMatchObject([
      { field: 'openedCustomerId.1', value: 'auth0|nora' },
      { field: 'openedCustomerId.2', value: 'auth0|uma' },
    ]);
    expect(await countOf('auth0|d')).toBe(0);
    expect(await ledger.closeReads(LATER)).toBe(0);
  });

  it('counts of reads of an hour that goes on stay counts', async () => {
    await countOf('auth0|e', { hour: LATER, searches: 1 });
    expect(await ledger.closeReads(LATER)).toBe(0);
    expect(await rowsOf('auth0|e')).toEqual([]);
  });

  it('counts of reads are closed once where two backends close them at the same time', async () => {
    await countOf('auth0|f', { searches: 1 });
    const closed = await Promise.all([ledger.closeReads(LATER), ledger.closeReads(LATER)]);
    expect(closed[0] + closed[1]).toBe(1);
    expect(await rowsOf('auth0|f')).toHaveLength(1);
  });

  it('counts of reads leave a chain that is intact', async () => {
    expect(await verifyChain(ledger.rows())).toMatchObject({ intact: true });
  });
});
