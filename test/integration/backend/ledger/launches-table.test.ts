import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compareLaunches } from '../../../../src/backend/adapters/ledger/launches/compare-launches.ts';
import type { AppendedRow } from '../../../../src/backend/adapters/ledger/rows/appended-row.ts';
import {
  createSqlLedger,
  type SqlLedger,
} from '../../../../src/backend/adapters/ledger/sql-ledger.ts';
import type { LaunchFacts } from '../../../../src/backend/ports/ledger.ts';
import { emptyLedger } from './empty-ledger.ts';
import { facts, LATER, request, rival } from './pglite-folder.ts';

describe('the table of launches', () => {
  const issued = (launch: LaunchFacts) =>
    ({
      type: 'launch_issued',
      launchId: launch.launchId,
      requestId: 'r-2',
      tokenSha256Prefix: '0123456789abcdef',
      sessionEndsAt: new Date('2026-03-01T14:00:00.123Z'),
      redeemableUntil: LATER,
      lookDueUntil: LATER,
    }) as const;

  const first = facts();
  let client: PGlite;
  let ledger: SqlLedger;
  beforeAll(async () => {
    const folder = emptyLedger();
    client = await PGlite.create(join(folder, 'database'));
    ledger = createSqlLedger({
      database: drizzle(client),
      append: (statement, values) => client.query<AppendedRow>(statement, values),
      assertDurable: () => undefined,
      probe: async () => undefined,
      onHead: () => undefined,
      close: () => client.close(),
    });
    await ledger.claim({ type: 'launch_requested', launch: first, rival });
    await ledger.advance(issued(first));
    await request(ledger);
    await ledger.claim({ type: 'launch_refused', launch: facts(), code: 'customer_protected' });
  });
  afterAll(() => ledger.close());
  beforeEach(async () => {
    await client.exec('BEGIN');
  });
  afterEach(async () => {
    await client.exec('ROLLBACK');
  });

  const compare = () => compareLaunches(ledger.launchPages(), 4);

  it('the table of launches as it was written fits the chain', async () => {
    expect(await compare()).toBeUndefined();
  });

  it.each([
    ['a removed launch', 'DELETE FROM launches WHERE first_seq = 3', 3, 'is missing in'],
    ['another state', "UPDATE launches SET state = 'refused' WHERE first_seq = 1", 1, '"state"'],
    ['another agent', "UPDATE launches SET agent_id = 'x' WHERE first_seq = 1", 1, '"agentId"'],
    [
      'another app',
      "UPDATE launches SET target_app_id = 'x' WHERE first_seq = 4",
      4,
      '"targetAppId"',
    ],
    [
      'an organization',
      "UPDATE launches SET organization_id = 'x' WHERE first_seq = 1",
      1,
      '"organizationId"',
    ],
    [
      'another end',
      'UPDATE launches SET session_ends_at = now() WHERE first_seq = 1',
      1,
      '"sessionEndsAt"',
    ],
    ['a session', "UPDATE launches SET session_id = 'x' WHERE first_seq = 1", 1, '"sessionId"'],
    ['another code', "UPDATE launches SET code = 'internal' WHERE first_seq = 4", 4, '"code"'],
    [
      'another time',
      "UPDATE launches SET requested_at = now() + interval '1 s' WHERE first_seq = 1",
      1,
      '"requestedAt"',
    ],
    [
      'a launch that never was',
      "INSERT INTO launches (id, first_seq, agent_id, state, target_app_id, requested_at) VALUES (gen_random_uuid(), 1, 'x', 'issued', 'shop', now())",
      1,
      'is in the table of launches only',
    ],
  ])('with %s is found out', async (_name, statement, row, problem) => {
    await client.exec(statement);
    expect(await compare()).toEqual({ row, problem: expect.stringContaining(problem) });
  });

  it('no id is used twice, even when its launch was removed from the table', async () => {
    await client.exec(`DELETE FROM launches WHERE id = '${first.launchId}'`);
    expect(await ledger.claim({ type: 'launch_requested', launch: first, rival })).toBe(
      'already_requested',
    );
  });
});
