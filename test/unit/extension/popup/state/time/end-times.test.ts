import { describe, expect, test } from 'vitest';
import { withinEndTimes } from '../../../../../../src/extension/popup/state/time/end-times.ts';
import { sessionExample, snapshotExample } from '../snapshot-example.ts';

const ENDS_AT_NOON = '5f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60';
const WITHOUT_END = '6f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60';
const BEFORE_NOON = '2026-11-20T11:59:59.999Z';
const NOON = '2026-11-20T12:00:00.000Z';

const untilNoon = (changes: object = {}) =>
  sessionExample({ id: ENDS_AT_NOON, sessionEndsAt: NOON, ...changes });

const snapshot = snapshotExample([untilNoon(), sessionExample({ id: WITHOUT_END })]);

const idsAt = (time: string): readonly string[] =>
  withinEndTimes(snapshot, Date.parse(time)).sessions.map(({ id }) => id);

test('a session is shown until its end time', () => {
  expect(idsAt(BEFORE_NOON)).toEqual([ENDS_AT_NOON, WITHOUT_END]);
});

test('a session is no longer shown from its end time on, though no worker said so', () => {
  expect(idsAt(NOON)).toEqual([WITHOUT_END]);
});

test('a snapshot in which nothing is over stays the same, so that nothing is drawn again', () => {
  expect(withinEndTimes(snapshot, Date.parse('2026-11-20T11:00:00.000Z'))).toBe(snapshot);
});

describe('the launch of a session', () => {
  const launchAt = (time: string, changes: object = {}) =>
    withinEndTimes(snapshotExample([], { launch: untilNoon(changes) }), Date.parse(time)).launch;

  test('the launch of a session is shown until the session’s end time', () => {
    expect(launchAt(BEFORE_NOON)?.standing).toBe('acting');
  });

  test('the launch of a session is no longer shown as acting from the session’s end time on', () => {
    expect(launchAt(NOON)).toBeUndefined();
  });

  test('the launch of a session is not shown as unverified when the worker has noticed the end time and not yet begun to end it', () => {
    expect(launchAt(NOON, { standing: 'ending' })).toBeUndefined();
  });

  test.each([
    ['being ended', { standing: 'ending', ending: 'app' }],
    ['over', { standing: 'over', state: 'ended', cause: 'expired' }],
  ])('the launch of a session is shown after the end time once it is %s', (_what, changes) => {
    expect(launchAt(NOON, changes)?.id).toBe(ENDS_AT_NOON);
  });
});
