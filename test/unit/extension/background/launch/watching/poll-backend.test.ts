import { describe, expect, test } from 'vitest';
import type { Launch } from '../../../../../../src/contract/launch.ts';
import type { BackendClient } from '../../../../../../src/extension/background/backend/backend-client.ts';
import { createApplyBackendNews } from '../../../../../../src/extension/background/launch/watching/apply-backend-news.ts';
import { createBackendPolling } from '../../../../../../src/extension/background/launch/watching/poll-backend.ts';
import { standingOf } from '../../../../../../src/extension/background/launch-state/standing.ts';
import { done, refused } from '../../../../../../src/extension/messages/wire/outcome.ts';
import {
  extensionProblem,
  type ProblemReport,
} from '../../../../../../src/extension/messages/wire/problem.ts';
import { fakeTimers, settled } from '../../fakes.ts';
import { LAUNCH_ID, launchesOf, launchRecord } from '../../launch-examples.ts';

const told = (changed: Partial<Launch>) => ({ id: LAUNCH_ID, ...changed }) as Launch;

const UNKNOWN_LAUNCH: ProblemReport = {
  source: 'backend',
  code: 'launch_not_found',
  title: 'There is no such launch',
  detail: 'There is no such launch of yours.',
  action: 'Open the panel again.',
  requestId: 'r-1',
};

const DIAGNOSIS = {
  cause: 'unknown',
  sentence: '',
  evidence: [] as string[],
  who: 'nobody' as const,
  how: '',
  ruledOut: [] as string[],
};

const OPENED = launchRecord({ state: 'opened' });

const polling = async (
  record: typeof OPENED,
  ...states: readonly [Launch['state'], ...Launch['state'][]]
) => {
  const timers = fakeTimers();
  const launches = await launchesOf([record]);
  let looks = 0;
  const client = (async (name: string) => {
    if (name === 'endLaunch') {
      return done({ tenantSession: 'gone' });
    }
    looks += 1;
    return done(told({ state: states[looks - 1] ?? states[0] }));
  }) as unknown as BackendClient;
  const parts = createBackendPolling({
    client,
    launches,
    applyBackendNews: createApplyBackendNews(launches, async () =>
      refused(extensionProblem('launch_unknown')),
    ),
    delay: timers.delay,
    now: () => Date.parse('2026-11-20T12:30:00.000Z'),
  });
  return { ...parts, launches, timers, record, looks: () => looks };
};

describe('asking about a launch', () => {
  test('goes on after 1, 2 and 4 seconds, until the backend knows', async () => {
    const { watch, launches, timers, record, looks } = await polling(
      OPENED,
      'opened',
      'opened',
      'confirmed',
    );
    void watch(record);
    void watch(record);
    await settled();
    await timers.advance(1_000);
    expect(looks()).toBe(1);
    await timers.advance(2_000);
    await timers.advance(4_000);
    expect(looks()).toBe(3);
    expect((await launches.find(LAUNCH_ID))?.state).toBe('confirmed');
    await timers.advance(200_000);
    expect(looks()).toBe(3);
  });

  test('stops at once for a launch that the backend never heard of, which is then over', async () => {
    const record = launchRecord({
      state: 'interrupted',
      requestedAt: '2026-11-20T12:29:58.000Z',
      problem: extensionProblem('interrupted'),
    });
    const timers = fakeTimers();
    const launches = await launchesOf([record]);
    let looks = 0;
    const client = (async () => {
      looks += 1;
      return refused(UNKNOWN_LAUNCH);
    }) as unknown as BackendClient;
    const now = () => Date.parse('2026-11-20T12:30:00.000Z');
    const { watch } = createBackendPolling({
      client,
      launches,
      applyBackendNews: createApplyBackendNews(launches, async () => refused(UNKNOWN_LAUNCH)),
      delay: timers.delay,
      now,
    });
    void watch(record);
    await settled();
    await timers.advance(200_000);
    expect(looks).toBe(1);
    const found = await launches.find(LAUNCH_ID);
    expect(found && standingOf(found, now())).toBe('over');
  });

  test('is done for a tab that a worker may have opened before it died', async () => {
    const problem = extensionProblem('interrupted');
    const requestedAt = '2026-11-20T12:29:58.000Z';
    const record = launchRecord({ state: 'not_landed', requestedAt, problem });
    const { watch, launches, timers } = await polling(record, 'confirmed');
    void watch(record);
    await settled();
    await timers.advance(1_000);
    const found = await launches.find(LAUNCH_ID);
    expect(found?.state).toBe('confirmed');
    expect(found).not.toHaveProperty('problem');
  });

  test('is not done for one that was diagnosed', async () => {
    const record = launchRecord({ state: 'not_landed' });
    const { watch, timers, looks } = await polling(record, 'confirmed');
    void watch(record);
    await settled();
    await timers.advance(200_000);
    expect(looks()).toBe(0);
  });

  test('covers every open session', async () => {
    const { askAboutAll, launches } = await polling(OPENED, 'unconfirmed');
    await askAboutAll();
    expect((await launches.find(LAUNCH_ID))?.state).toBe('unconfirmed');
  });

  test('covers a launch that was diagnosed, for a session of it may still be found', async () => {
    const lookDueUntil = '2026-11-20T12:31:00.000Z';
    const diagnosed = launchRecord({ state: 'not_landed', lookDueUntil, diagnosis: DIAGNOSIS });
    const { askAboutAll, looks } = await polling(diagnosed, 'not_landed');
    await askAboutAll();
    expect(looks()).toBe(1);
  });

  test('covers an end that the tenant had not shown yet', async () => {
    const verdict = { tenant: 'pending', browser: 'signed_out', result: 'pending' } as const;
    const ended = launchRecord({ state: 'ended', verdict });
    const { askAboutAll, launches } = await polling(ended, 'ended');
    await askAboutAll();
    expect(await launches.find(LAUNCH_ID)).toMatchObject({
      verdict: { tenant: 'gone', result: 'signed_out' },
    });
  });
});
