import { expect, test } from 'vitest';
import { withinEndTimes } from '../../../../../../src/extension/popup/state/time/end-times.ts';
import { sessionExample, snapshotExample } from '../snapshot-example.ts';

const ENDS_AT_NOON = '5f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60';
const WITHOUT_END = '6f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60';

const snapshot = snapshotExample([
  sessionExample({ id: ENDS_AT_NOON, sessionEndsAt: '2026-11-20T12:00:00.000Z' }),
  sessionExample({ id: WITHOUT_END }),
]);

const idsAt = (time: string): readonly string[] =>
  withinEndTimes(snapshot, Date.parse(time)).sessions.map(({ id }) => id);

test('a session is shown until its end time', () => {
  expect(idsAt('2026-11-20T11:59:59.999Z')).toEqual([ENDS_AT_NOON, WITHOUT_END]);
});

test('a session is no longer shown from its end time on, though no worker said so', () => {
  expect(idsAt('2026-11-20T12:00:00.000Z')).toEqual([WITHOUT_END]);
});

test('a snapshot in which nothing is over stays the same, so that nothing is drawn again', () => {
  expect(withinEndTimes(snapshot, Date.parse('2026-11-20T11:00:00.000Z'))).toBe(snapshot);
});
