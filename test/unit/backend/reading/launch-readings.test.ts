import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../../src/backend/launch/dependencies.ts';
import { LedgerUnavailableError } from '../../../../src/backend/ports/ledger.ts';
import type { StandaloneRow } from '../../../../src/backend/ports/standalone-row.ts';
import { createLaunchReadings } from '../../../../src/backend/reading/launch-readings.ts';
import { type Launch, launchSchema } from '../../../../src/contract/launch.ts';
import { agentId, LAUNCH } from '../fixtures.ts';

const OTHER_LAUNCH = '6f1d3a0e-2b64-4f0e-9d55-0a4a3c1b7e02';
const READER: Caller = {
  agent: { id: agentId('auth0|supervisor'), permissions: ['read:launches'] },
  agentIp: '203.0.113.9',
  requestId: 'r-9',
};

const launchOf = (agent: string, id: string = LAUNCH): Launch =>
  launchSchema.parse({
    id,
    agentId: agent,
    state: 'landed',
    customerId: 'auth0|nora',
    targetAppId: 'shop',
    requestedAt: '2026-03-01T12:00:00Z',
  });

const setUp = () => {
  let now = new Date('2026-03-01T12:10:00Z');
  let isDown = false;
  const rows: StandaloneRow[] = [];
  const record = async (row: StandaloneRow) => {
    if (isDown) {
      throw new LedgerUnavailableError('disk gone');
    }
    rows.push(row);
  };
  return {
    rows,
    read: createLaunchReadings({ ledger: { record }, clock: () => now }),
    at: (time: string) => {
      now = new Date(time);
    },
    breakLedger: (broken: boolean) => {
      isDown = broken;
    },
  };
};

describe('reading launches of others', () => {
  it('is a row that says who read which', async () => {
    const { rows, read } = setUp();
    await read(READER, [launchOf('auth0|sam'), launchOf('auth0|supervisor', OTHER_LAUNCH)]);
    expect(rows).toEqual([
      {
        type: 'launches_read',
        agentId: 'auth0|supervisor',
        agentIp: '203.0.113.9',
        launchIds: [LAUNCH],
        requestId: 'r-9',
      },
    ]);
  });

  it('is one row for each launch and hour, however often the page is refreshed', async () => {
    const { rows, read, at } = setUp();
    await read(READER, [launchOf('auth0|sam')]);
    await read(READER, [launchOf('auth0|sam')]);
    await read(READER, [launchOf('auth0|sam'), launchOf('auth0|kim', OTHER_LAUNCH)]);
    at('2026-03-01T13:00:00Z');
    await read(READER, [launchOf('auth0|sam')]);
    expect(rows.map((row) => 'launchIds' in row && row.launchIds)).toEqual([
      [LAUNCH],
      [OTHER_LAUNCH],
      [LAUNCH],
    ]);
  });

  it('leaves no row where all launches are the reader’s own', async () => {
    const { rows, read } = setUp();
    await read(READER, [launchOf('auth0|supervisor')]);
    expect(rows).toEqual([]);
  });

  it('fails when it cannot be recorded, and is recorded the next time', async () => {
    const { rows, read, breakLedger } = setUp();
    breakLedger(true);
    await expect(read(READER, [launchOf('auth0|sam')])).rejects.toThrow(LedgerUnavailableError);
    breakLedger(false);
    await read(READER, [launchOf('auth0|sam')]);
    expect(rows).toHaveLength(1);
  });
});
