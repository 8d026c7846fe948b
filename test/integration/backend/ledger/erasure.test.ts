import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SqlLedger } from '../../../../src/backend/adapters/ledger/sql-ledger.ts';
import { verifyLedger } from '../../../../src/backend/adapters/ledger/verification/verify-ledger.ts';
import { type Eraser, TooRecentError } from '../../../../src/backend/ports/eraser.ts';
import { inRepository } from '../../../../src/commands/repository.ts';
import type { CustomerId, LaunchId } from '../../../../src/contract/ids.ts';
import type { LedgerRow } from '../../../../src/contract/ledger.ts';
import { agentId, customerId } from '../../../unit/backend/fixtures.ts';
import { claimRow, issuedRow } from './ledger-rows.ts';
import { AS_FORMAT_1, aged, MORE_ROWS } from './old-rows.ts';
import { newFolder } from './pglite-folder.ts';
import { STORES, type StoredLedger } from './stores.ts';

const NORA = customerId('auth0|nora');
const person = (name: string) => ({
  agentId: agentId(`auth0|${name}`),
  agentIp: '203.0.113.9',
  requestId: 'r-9',
});

/** No delay, so that a test can confirm at once. */
const AT_ONCE = "UPDATE ledger_settings SET value = '0' WHERE name = 'erasure_delay_minutes'";

const IN_2021 = new Date('2021-01-01T00:00:00Z');

const REQUESTS =
  'SELECT customer_id, requested_by, confirmed_by FROM erasures ORDER BY requested_at, confirmed_at';

const run = (...command: readonly string[]) => {
  const program = inRepository('src/backend/cli/ledger.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...command], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};
const RETAIN = ['retain', '--before', '2021-01-01'];
const retainBefore2021 = (ledger: readonly string[]) => run(...RETAIN, ...ledger);

describe.each(STORES)('erasing a customer from a ledger in $name', (store) => {
  beforeAll(() => (store.isThere ? store.start() : undefined));
  afterAll(() => store.stop());

  let stored: StoredLedger;
  let ledger: SqlLedger;
  let launchId: LaunchId;
  let other: CustomerId;
  beforeEach(async (context) => {
    context.skip(!store.isThere, 'PostgreSQL is not installed');
    stored = await store.newLedger();
    ledger = await stored.open();
    const claim = claimRow({ customerId: NORA });
    launchId = claim.launch.launchId;
    await ledger.claim(claim);
    const otherClaim = claimRow();
    other = otherClaim.launch.customerId;
    await ledger.claim(otherClaim);
    return () => ledger.close();
  });

  const eraser = (): Eraser => {
    if (!ledger.eraser) {
      throw new Error('This ledger was opened without an eraser.');
    }
    return ledger.eraser;
  };
  const failLaunch = () =>
    ledger.advance({ type: 'launch_failed', launchId, requestId: 'r-2', code: 'exchange_refused' });
  const tamper = async (sql: string): Promise<void> => {
    await ledger.close();
    await stored.tamper(sql);
    ledger = await stored.open();
  };
  const readClosed = async (sql: string): Promise<readonly object[]> => {
    await ledger.close();
    const rows = await stored.read(sql);
    ledger = await stored.open();
    return rows;
  };
  const personalOfRows = async (): Promise<readonly LedgerRow['personal'][]> => {
    const personal: LedgerRow['personal'][] = [];
    for await (const row of ledger.rows()) {
      personal.push(row.personal);
    }
    return personal;
  };
  const valuesLeft = async (): Promise<string> => JSON.stringify(await personalOfRows());

  it('an erasure that two people agree on takes every value and salt of the customer, and no row', async () => {
    await failLaunch();
    await tamper(AT_ONCE);
    const before = await valuesLeft();
    expect(before).toContain('auth0|nora');
    expect(await eraser().request(crypto.randomUUID(), NORA, person('one'))).toMatchObject({
      confirmableFrom: expect.any(Date),
    });
    const id = crypto.randomUUID();
    await eraser().request(id, NORA, person('one'));
    expect(await eraser().confirm(id, person('two'))).toEqual({ erasedValues: 6 });
    const after = await valuesLeft();
    expect(after).not.toContain('auth0|nora');
    // The other customer and both agents stay.
    expect(after).toContain('Nora Lindqvist');
    expect(after).toContain('auth0|agent');
    expect(await verifyLedger(ledger)).toMatchObject({ intact: true, erased: 6 });
    expect((await ledger.findLaunch(launchId))?.launch).toMatchObject({ customerId: '(erased)' });
    expect(await ledger.rowsOfCustomer(NORA, new Date(0))).toEqual([]);
  });

  it('an erasure is not confirmed by the person who asked for it', async () => {
    await failLaunch();
    await tamper(AT_ONCE);
    const id = crypto.randomUUID();
    await eraser().request(id, NORA, person('one'));
    expect(await eraser().confirm(id, person('one'))).toBe('same_person');
  });

  it('an erasure is not confirmed before its time', async () => {
    await failLaunch();
    const id = crypto.randomUUID();
    const asked = await eraser().request(id, NORA, person('one'));
    const hours =
      typeof asked === 'string' ? 0 : (asked.confirmableFrom.getTime() - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(24);
    expect(await eraser().confirm(id, person('two'))).toBe('too_early');
  });

  it('an erasure is neither asked for nor confirmed by an agent who acted as the customer', async () => {
    await failLaunch();
    await tamper(AT_ONCE);
    expect(await eraser().request(crypto.randomUUID(), NORA, person('agent'))).toBe('involved');
    const id = crypto.randomUUID();
    await eraser().request(id, NORA, person('one'));
    expect(await eraser().confirm(id, person('agent'))).toBe('involved');
  });

  it('an erasure waits while a session of the customer may be open, or is looked for', async () => {
    await tamper(AT_ONCE);
    const id = crypto.randomUUID();
    await eraser().request(id, NORA, person('one'));
    expect(await eraser().confirm(id, person('two'))).toBe('session_open');
    await ledger.advance(issuedRow(launchId));
    expect(await eraser().confirm(id, person('two'))).toBe('session_open');
  });

  it('an erasure of a customer whom nobody acted as is refused, and one that is done is not done again', async () => {
    await failLaunch();
    await tamper(AT_ONCE);
    const nobody = customerId('auth0|nobody');
    expect(await eraser().request(crypto.randomUUID(), nobody, person('one'))).toBe('unknown');
    expect(await eraser().confirm(crypto.randomUUID(), person('two'))).toBe('unknown');
    const id = crypto.randomUUID();
    await eraser().request(id, NORA, person('one'));
    await eraser().confirm(id, person('two'));
    expect(await eraser().confirm(id, person('three'))).toBe('unknown');
  });

  it('retention takes every value of old rows, and of no others', async () => {
    await failLaunch();
    await tamper(aged(1));
    const [old, ...younger] = await personalOfRows();
    expect([old?.length, younger.map(({ length }) => length)]).toEqual([6, [6, 0]]);
    expect(await eraser().eraseBefore(IN_2021)).toBe(6);
    expect(await personalOfRows()).toEqual([[], ...younger, []]);
    expect(await eraser().eraseBefore(IN_2021)).toBe(0);
    expect(await verifyLedger(ledger)).toMatchObject({ intact: true, rows: 4, erased: 6 });
    expect((await ledger.findLaunch(launchId))?.launch).toMatchObject({
      customerId: '(erased)',
      agentId: '(erased)',
    });
    expect(await ledger.rowsOfCustomer(NORA, new Date(0))).toEqual([]);
  });

  it('retention takes nothing of the last 30 days', async () => {
    await failLaunch();
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    await expect(eraser().eraseBefore(daysAgo(29))).rejects.toThrow(TooRecentError);
    expect(await eraser().eraseBefore(daysAgo(31))).toBe(0);
    expect(await valuesLeft()).toContain('auth0|nora');
  });

  it('retention leaves an old launch as it is while its session may be open', async () => {
    await ledger.advance(issuedRow(launchId));
    await tamper(aged(1));
    expect(await eraser().eraseBefore(IN_2021)).toBe(0);
    expect(await valuesLeft()).toContain('auth0|nora');
  });

  it('retention leaves the agent of an old row of format 1, in whose text the agent stands', async () => {
    await failLaunch();
    await tamper(`${AS_FORMAT_1}; ${aged(1)}`);
    expect(await verifyLedger(ledger)).toMatchObject({ intact: true, erased: 0 });
    expect(await eraser().eraseBefore(IN_2021)).toBe(5);
    expect(await verifyLedger(ledger)).toMatchObject({ intact: true, erased: 5 });
  });

  it('retention takes whom old requests for erasures name, and leaves the younger ones', async () => {
    await failLaunch();
    await tamper(AT_ONCE);
    const confirmed = crypto.randomUUID();
    await eraser().request(confirmed, NORA, person('one'));
    await eraser().confirm(confirmed, person('two'));
    const forgotten = crypto.randomUUID();
    await eraser().request(forgotten, other, person('three'));
    await tamper(aged(6));
    await eraser().request(crypto.randomUUID(), other, person('four'));
    expect(await eraser().eraseBefore(IN_2021)).toBeGreaterThan(0);
    expect(await eraser().confirm(forgotten, person('five'))).toBe('unknown');
    expect(await verifyLedger(ledger)).toMatchObject({ intact: true });
    const erased = { customer_id: null, requested_by: '(erased)', confirmed_by: null };
    expect(await readClosed(REQUESTS)).toEqual([
      { ...erased, confirmed_by: '(erased)' },
      erased,
      { customer_id: other, requested_by: 'auth0|four', confirmed_by: null },
    ]);
  });

  it('the command that retains erases 1,000 rows at a time, until no old one is left', async () => {
    await failLaunch();
    await tamper(`${MORE_ROWS}; ${aged(1_004)}`);
    await ledger.close();
    const first = retainBefore2021(stored.optionsOfEraser);
    const second = retainBefore2021(stored.optionsOfEraser);
    ledger = await stored.open();
    const said = (erased: number) => ({
      status: 0,
      stdout: `Erased ${erased} values. Exports and backups still have them.\n`,
      stderr: '',
    });
    expect([first, second]).toEqual([said(1_013), said(0)]);
    // The rows of the two erasures are the only new ones.
    expect(await verifyLedger(ledger)).toMatchObject({ intact: true, rows: 1_006, erased: 1_013 });
  });
});

it.each([
  ['retain', RETAIN],
  ['resume', ['resume', '--state', newFolder()]],
])('the command ledger -- %s makes no ledger in a folder that has none', (_name, command) => {
  const folder = newFolder();
  expect(run(...command, '--folder', folder)).toEqual({
    status: 2,
    stdout: '',
    stderr: `There is no ledger in ${folder}.\n`,
  });
  expect(existsSync(folder)).toBe(false);
});
