import { expect, it } from 'vitest';
import { countRows } from '../../../../src/backend/lifecycle/count-rows.ts';
import type { Ledger } from '../../../../src/backend/ports/ledger.ts';
import { AGENT, APP, LAUNCH } from '../fixtures.ts';

const PROGRESS = { type: 'launch_unconfirmed', launchId: LAUNCH, requestId: 'request-1' } as const;
const OWN_SESSION = { type: 'own_session', agentId: AGENT.id, agentIp: '203.0.113.7' } as const;

const counting = (answers: Partial<Ledger>) => {
  const counts: Record<string, number> = {};
  const ledger = countRows(answers as Ledger, (type, rows) => {
    counts[type] = (counts[type] ?? 0) + rows;
  });
  return { ledger, counts };
};

it('a row that was recorded is counted by its type', async () => {
  const { ledger, counts } = counting({ advance: async () => 'recorded' });
  await ledger.advance(PROGRESS);
  await ledger.advance(PROGRESS);
  expect(counts).toEqual({ launch_unconfirmed: 2 });
});

it('a row that cannot be in the present state is not counted', async () => {
  const { ledger, counts } = counting({ advance: async () => 'wrong_state' });
  expect(await ledger.advance(PROGRESS)).toBe('wrong_state');
  expect(counts).toEqual({});
});

it('a row that could not be written is not counted', async () => {
  const { ledger, counts } = counting({ record: () => Promise.reject(new Error('disk full')) });
  await expect(
    ledger.record({ ...OWN_SESSION, targetAppId: APP.id, requestId: 'request-2' }),
  ).rejects.toThrow('disk full');
  expect(counts).toEqual({});
});

it('each launch that was marked as interrupted is counted', async () => {
  const { ledger, counts } = counting({ markInterrupted: async () => 3 });
  const at = new Date(0);
  await ledger.markInterrupted(at, { redeemableUntil: at, lookDueUntil: at });
  expect(counts).toEqual({ launch_interrupted: 3 });
});
