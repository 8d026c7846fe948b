import { expect, it } from 'vitest';
import { isTimeZone, localTimeIn } from '../../../../src/backend/policy/local-time.ts';

it.each([
  ['UTC', '2026-03-01T23:30:00Z', 23, 7],
  ['Europe/Berlin', '2026-03-01T23:30:00Z', 0, 1],
  ['Europe/Berlin', '2026-03-29T01:30:00Z', 3, 7],
  ['Asia/Kolkata', '2026-03-02T18:29:59Z', 23, 1],
  ['America/Los_Angeles', '2026-03-02T07:00:00Z', 23, 7],
])('in %s it is at %s hour %i of day %i', (zone, at, localHour, weekday) => {
  expect(localTimeIn(zone)(new Date(at))).toEqual({ localHour, weekday });
});

it('a time zone that there is not is none', () => {
  expect([isTimeZone('Europe/Berlin'), isTimeZone('Mars/Olympus')]).toEqual([true, false]);
});
