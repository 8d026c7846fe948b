import { describe, expect, test } from 'vitest';
import {
  isActive,
  isLookedFor,
  standingOf,
  statusOf,
} from '../../../../../src/extension/background/launch-state/standing.ts';
import { endVerdict } from '../../../../../src/extension/background/session/ending/end-verdict.ts';
import type { Standing } from '../../../../../src/extension/messages/launch/launch-status.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { launchRecord, NOON_THIRTY } from '../launch-examples.ts';

type Launch = Parameters<typeof launchRecord>[0];

const PENDING = endVerdict({ tenant: 'pending', browser: 'signed_out' });
const FIVE_MINUTES = 5 * 60_000;
const REQUESTED = Date.parse('2026-11-20T12:00:00.000Z');
const DIAGNOSIS = {
  cause: 'existing_session',
  sentence: '',
  evidence: [] as string[],
  who: 'agent' as const,
  how: '',
  ruledOut: [] as string[],
};

describe('a launch stands as', () => {
  test.each<[Standing, Launch]>([
    ['launching', { state: 'requested' }],
    ['launching', { state: 'issued' }],
    ['not_verified', { state: 'opened' }],
    ['acting', { state: 'landed', landedBy: 'tab' }],
    ['acting', { state: 'landed', landedBy: 'agent' }],
    ['acting', { state: 'confirmed' }],
    ['not_verified', { state: 'unconfirmed' }],
    ['acting', { state: 'unconfirmed', landedBy: 'tab' }],
    ['not_verified', { state: 'unconfirmed', landedBy: 'tab', ambiguous: true }],
    ['not_verified', { state: 'confirmed', restored: true }],
    ['ending', { state: 'confirmed', ending: 'app' }],
    ['ending', { state: 'landed', sessionEndsAt: '2026-11-20T12:29:00.000Z' }],
    ['ending', { state: 'ended', verdict: PENDING }],
    ['over', { state: 'ended' }],
    ['over', { state: 'refused', problem: extensionProblem('internal') }],
    ['over', { state: 'failed', problem: extensionProblem('internal') }],
  ])('%s when it is %j', (standing, launch) => {
    expect(standingOf(launchRecord(launch), NOON_THIRTY)).toBe(standing);
  });

  test.each(['not_landed', 'interrupted'] as const)(
    'not verified when it is %s, as long as the tenant’s log may still show a session',
    (state) => {
      const problem = extensionProblem('interrupted');
      const record = launchRecord({ state, problem });
      expect(standingOf(record, REQUESTED + FIVE_MINUTES - 1)).toBe('not_verified');
      expect(standingOf(record, REQUESTED + FIVE_MINUTES)).toBe('over');
      const searched = launchRecord({ state, problem, lookDueUntil: '2026-11-20T12:31:00.000Z' });
      expect(standingOf(searched, NOON_THIRTY)).toBe('not_verified');
    },
  );

  test.each<Launch>([
    { state: 'interrupted', problem: extensionProblem('interrupted') },
    { state: 'not_landed', problem: extensionProblem('interrupted') },
    { state: 'not_landed', diagnosis: DIAGNOSIS },
  ])(
    'not verified until its end time once the tenant’s log showed a session of it: %j',
    (launch) => {
      const found = launchRecord({
        ...launch,
        tenantSession: 'gone',
        lookDueUntil: '2026-11-20T12:01:00.000Z',
      });
      expect(standingOf(found, NOON_THIRTY)).toBe('not_verified');
      expect(standingOf(found, Date.parse('2026-11-20T14:00:00.000Z'))).toBe('over');
    },
  );

  test('not verified for one minute more than the tenant’s log is searched, to hear of what was found last', () => {
    const record = launchRecord({
      state: 'interrupted',
      problem: extensionProblem('interrupted'),
      lookDueUntil: '2026-11-20T12:30:00.000Z',
    });
    expect(standingOf(record, NOON_THIRTY + 59_999)).toBe('not_verified');
    expect(standingOf(record, NOON_THIRTY + 60_000)).toBe('over');
  });

  test.each<Launch>([
    { state: 'not_landed', diagnosis: DIAGNOSIS },
    { state: 'not_landed', problem: extensionProblem('tab_not_opened') },
    { state: 'interrupted', problem: extensionProblem('offline') },
  ])('over when no tab can show the customer: %j', (launch) => {
    expect(standingOf(launchRecord(launch), REQUESTED + 1)).toBe('over');
  });
});

describe('a launch that did not land', () => {
  const diagnosed = launchRecord({
    state: 'not_landed',
    diagnosis: DIAGNOSIS,
    lookDueUntil: '2026-11-20T12:31:00.000Z',
  });

  test('is over once it was diagnosed, and asked about for as long as a session of it may be found', () => {
    expect(standingOf(diagnosed, NOON_THIRTY)).toBe('over');
    expect(isLookedFor(diagnosed, NOON_THIRTY)).toBe(true);
    expect(isLookedFor(diagnosed, Date.parse('2026-11-20T12:32:00.000Z'))).toBe(false);
  });

  test('is not asked about any more once its session was found', () => {
    expect(isLookedFor({ ...diagnosed, tenantSession: 'gone' }, NOON_THIRTY)).toBe(false);
  });

  test('shows what became of its session at the tenant', () => {
    const found = { ...diagnosed, tenantSession: 'gone' } as const;
    expect(statusOf(found, NOON_THIRTY)).toMatchObject({ tenantSession: 'gone' });
    const landed = launchRecord({ tenantSession: 'gone' });
    expect(statusOf(landed, NOON_THIRTY)).not.toHaveProperty('tenantSession');
  });
});

describe('a session', () => {
  test('that nobody saw is active: it may be there, and has to be ended', () => {
    expect(isActive(launchRecord({ state: 'opened' }), NOON_THIRTY)).toBe(true);
  });

  test('is active until its end is done', () => {
    expect(isActive(launchRecord({ ending: 'tenant' }), NOON_THIRTY)).toBe(true);
    expect(isActive(launchRecord({ state: 'ended', verdict: PENDING }), NOON_THIRTY)).toBe(false);
  });

  test('has an end to count down to only where it was seen', () => {
    expect(statusOf(launchRecord(), NOON_THIRTY).sessionEndsAt).toBe('2026-11-20T14:00:00.000Z');
    const unseen = statusOf(launchRecord({ state: 'opened' }), NOON_THIRTY);
    expect(unseen).not.toHaveProperty('sessionEndsAt');
  });

  test('is shown without its tab and its cookie store', () => {
    const status = statusOf(launchRecord({ tabId: 7 }), NOON_THIRTY);
    expect(status).not.toHaveProperty('tabId');
    expect(status).not.toHaveProperty('cookieStore');
  });
});
