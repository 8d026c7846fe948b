import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SqlLedger } from '../../../../src/backend/adapters/ledger/sql-ledger.ts';
import { verifyLedger } from '../../../../src/backend/adapters/ledger/verification/verify-ledger.ts';
import type { Eraser } from '../../../../src/backend/ports/eraser.ts';
import type { LaunchId } from '../../../../src/contract/ids.ts';
import { agentId, customerId } from '../../../unit/backend/fixtures.ts';
import { claimRow, issuedRow } from './ledger-rows.ts';
import { STORES, type StoredLedger } from './stores.ts';

const NORA = customerId('auth0|nora');
const person = (name: string) => ({
  agentId: agentId(`auth0|${name}`),
  agentIp: '203.0.113.9',
  requestId: 'r-9',
});

/** No delay, so that a test can confirm at once. */
const AT_ONCE = "UPDATE ledger_settings SET value = '0' WHERE name = 'erasure_delay_minutes'";

describe.each(STORES)('erasing a customer from a ledger in $name', (store) => {
  beforeAll(() => (store.isThere ? store.start() : undefined));
  afterAll(() => store.stop());

  let stored: StoredLedger;
  let ledger: SqlLedger;
  let launchId: LaunchId;
  beforeEach(async (context) => {
    context.skip(!store.isThere, 'PostgreSQL is not installed');
    stored = await store.newLedger();
    ledger = await stored.open();
    const claim = claimRow({ customerId: NORA });
    launchId = claim.launch.launchId;
    await ledger.claim(claim);
    await ledger.claim(claimRow());
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
  const valuesLeft = async (): Promise<string> => {
    const personal: unknown[] = [];
    for await (const row of ledger.rows()) {
      personal.push(row.personal);
    }
    return JSON.stringify(personal);
  };

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

  it('retention takes every value of old rows and of no others', async () => {
    await failLaunch();
    expect(await eraser().eraseBefore(new Date('2020-01-01T00:00:00Z'))).toBe(0);
    await expect(eraser().eraseBefore(new Date())).rejects.toThrow('30 days at least');
    expect(await valuesLeft()).toContain('auth0|nora');
  });
});
