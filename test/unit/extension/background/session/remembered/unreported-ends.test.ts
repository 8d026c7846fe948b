import { expect, test } from 'vitest';
import { createUnreportedEnds } from '../../../../../../src/extension/background/session/remembered/unreported-ends.ts';
import { memoryArea } from '../../fakes.ts';
import { keptSession, LAUNCH_ID, NOON_THIRTY, SECOND_LAUNCH_ID } from '../../launch-examples.ts';

test('an end that the backend has not heard of survives the worker, until it is forgotten', async () => {
  const local = memoryArea();
  await createUnreportedEnds(local, () => NOON_THIRTY).note(keptSession());
  const again = createUnreportedEnds(local, () => NOON_THIRTY);
  expect(await again.includes(LAUNCH_ID)).toBe(true);
  await again.forget(LAUNCH_ID);
  expect(await again.includes(LAUNCH_ID)).toBe(false);
});

test('an unreported end whose session is over by now is dropped with the next one', async () => {
  let now = NOON_THIRTY;
  const ends = createUnreportedEnds(memoryArea(), () => now);
  await ends.note(keptSession());
  now = Date.parse('2026-11-20T15:00:00.000Z');
  await ends.note(keptSession({ launchId: SECOND_LAUNCH_ID, endsAt: '2026-11-20T16:00:00.000Z' }));
  expect(await ends.includes(LAUNCH_ID)).toBe(false);
  expect(await ends.includes(SECOND_LAUNCH_ID)).toBe(true);
});
