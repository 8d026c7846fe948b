import { describe, expect, test } from 'vitest';
import { recoverInterruptedLaunches } from '../../../../../../src/extension/background/launch/watching/recover-interrupted.ts';
import { LAUNCH_ID, launchesOf, launchRecord } from '../../launch-examples.ts';
import { launchingWith, REQUEST } from '../launching-example.ts';

describe('a new worker finds', () => {
  const foundAs = async (changed: Parameters<typeof launchRecord>[0]) => {
    const reports: unknown[] = [];
    const launches = await launchesOf([launchRecord(changed)]);
    await recoverInterruptedLaunches(launches, async (_id, event) => {
      reports.push(event);
    });
    return { record: await launches.find(LAUNCH_ID), reports };
  };

  test.each([
    ['identity', 'failed'],
    ['backend', 'interrupted'],
  ] as const)(
    'a launch that was at the step "%s" interrupted, and %s: a token may be in a tab once the backend was asked',
    async (step, state) => {
      const { record, reports } = await foundAs({ state: 'requested', step });
      expect(record).toMatchObject({ state, problem: { code: 'interrupted' } });
      expect(reports).toEqual([{ type: 'not_landed' }]);
    },
  );

  test('a token without a tab not landed as far as anybody saw, and reports it', async () => {
    const { record, reports } = await foundAs({ state: 'issued', step: 'tab' });
    expect(record).toMatchObject({ state: 'not_landed', problem: { code: 'interrupted' } });
    expect(reports).toEqual([{ type: 'not_landed' }]);
  });

  test.each(['opened', 'landed', 'ended'] as const)(
    'a launch that was %s as it was',
    async (state) => {
      const { record, reports } = await foundAs({ state, tabId: 7 });
      expect(record?.state).toBe(state);
      expect(reports).toEqual([]);
    },
  );

  test('a session that was half ended still so, to be ended by the one who started it', async () => {
    const { record } = await foundAs({ state: 'opened', tabId: 7, ending: 'app' });
    expect(record).toMatchObject({ state: 'opened', ending: 'app' });
  });

  test('an interrupted launch, and does not start it again for a repeated message', async () => {
    const { launching, launches, posts } = await launchingWith();
    await launches.restore(launchRecord({ state: 'requested', step: 'backend' }));
    await recoverInterruptedLaunches(launches, async () => undefined);
    expect(await launching(REQUEST)).toMatchObject({
      value: { state: 'interrupted', problem: { code: 'interrupted' } },
    });
    expect(posts).toEqual([]);
  });
});
