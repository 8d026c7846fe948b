import { describe, expect, it } from 'vitest';
import { createConfirmation } from '../../../../src/backend/launch/confirm-launch.ts';
import { reportEvent } from '../../../../src/backend/launch/report-event.ts';
import { requestLaunch } from '../../../../src/backend/launch/request-launch.ts';
import type { TenantLogEntry } from '../../../../src/backend/ports/tenant.ts';
import { TenantUnavailableError } from '../../../../src/backend/ports/tenant-errors.ts';
import { AGENT, agentId, LAUNCH, launchId, NOW, REQUEST } from '../fixtures.ts';
import { CALLER, createLaunchFixture } from './launch-fixture.ts';

const ENTRY: TenantLogEntry = {
  type: 'sdel',
  at: new Date('2026-03-01T12:00:03Z'),
  sessionId: 'session-1',
  actor: { sub: AGENT.id, launch: LAUNCH },
};

/** Confirms an opened launch against a log that answers look after look; tells when it is over. */
const confirm = async (
  looks: (readonly TenantLogEntry[] | Error)[],
  told: 'opened' | 'not_landed' | 'nothing' = 'opened',
) => {
  const { deps, entries } = createLaunchFixture();
  await requestLaunch(deps, CALLER, REQUEST);
  const occurredAt = NOW.toISOString();
  if (told !== 'nothing') await reportEvent(deps, CALLER, LAUNCH, { type: told, occurredAt });
  const waits: number[] = [];
  const over = Promise.withResolvers<void>();
  let asked = 0;
  const confirmation = createConfirmation({
    ...deps,
    tenant: {
      log: {
        entriesSince: async () => {
          const answer = looks[asked] ?? [];
          asked += 1;
          if (answer instanceof Error) throw answer;
          return answer;
        },
      },
    },
    delay: async (milliseconds) => {
      waits.push(milliseconds);
    },
    ledger: {
      findLaunch: async (id) => {
        const found = await deps.ledger.findLaunch(id);
        if (!found || !['issued', 'opened', 'landed', 'not_landed'].includes(found.launch.state))
          over.resolve();
        return found;
      },
      advance: async (row) => {
        const outcome = await deps.ledger.advance(row);
        over.resolve();
        return outcome;
      },
    },
  });
  confirmation.watch(LAUNCH, 'r-1');
  confirmation.watch(LAUNCH, 'r-1');
  await over.promise;
  return { found: await deps.ledger.findLaunch(LAUNCH), entries, waits, asked };
};

describe('a launch', () => {
  it('is confirmed by its own delegated login, with session and end from there', async () => {
    const { found } = await confirm([[ENTRY]]);
    expect(found).toMatchObject({
      sessionId: 'session-1',
      launch: { state: 'confirmed', sessionEndsAt: '2026-03-01T14:00:03.000Z' },
    });
  });

  it('is confirmed even when nobody saw its tab land', async () => {
    const { found } = await confirm([[], [ENTRY]], 'not_landed');
    expect(found).toMatchObject({ sessionId: 'session-1', launch: { state: 'confirmed' } });
  });

  it('that nobody saw land stays not landed when the log does not know it', async () => {
    const { found } = await confirm([], 'not_landed');
    expect(found?.launch.state).toBe('not_landed');
  });

  it('is confirmed when the log is late and does not answer in between', async () => {
    const { found, waits } = await confirm([[], new TenantUnavailableError('down'), [ENTRY]]);
    expect(found?.launch.state).toBe('confirmed');
    expect(waits).toEqual([500, 1_000, 2_000]);
  });

  it.each<[string, TenantLogEntry]>([
    [
      'another launch',
      { ...ENTRY, actor: { sub: AGENT.id, launch: launchId(crypto.randomUUID()) } },
    ],
    ['another agent', { ...ENTRY, actor: { sub: agentId('auth0|other'), launch: LAUNCH } }],
    ['nobody', { type: 'sdel', at: NOW }],
  ])(
    'is not confirmed by the login of %s, and is unconfirmed after two minutes',
    async (_n, entry) => {
      const { found, waits } = await confirm(Array.from({ length: 20 }, () => [entry]));
      expect(found?.launch.state).toBe('unconfirmed');
      expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(120_500);
    },
  );

  it('is looked for by one at a time', async () => {
    const { asked } = await confirm([[ENTRY]]);
    expect(asked).toBe(1);
  });

  it('that nobody reported as opened is confirmed all the same', async () => {
    const { found } = await confirm([[ENTRY]], 'nothing');
    expect(found?.launch.state).toBe('confirmed');
  });
});
