import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLaunchStore } from '../../../../../src/extension/background/launch-state/launch-store.ts';
import { createSessionClock } from '../../../../../src/extension/background/session/session-clock.ts';
import { done } from '../../../../../src/extension/messages/outcome.ts';
import { memoryArea } from '../fakes.ts';
import { LAUNCH_ID, openedLaunch, SECOND_LAUNCH_ID } from '../launch-examples.ts';

const at = (time: string) => Date.parse(`2026-11-20T${time}Z`);

const ticking = async () => {
  const clock = { now: at('12:00:00') };
  const shown: unknown[] = [];
  const alarms: string[] = [];
  const ended: unknown[] = [];
  const store = createLaunchStore({
    session: memoryArea(),
    now: () => clock.now,
    onChange: () => undefined,
  });
  const tick = createSessionClock({
    store,
    toolbar: {
      show: async ({ text, background }) => {
        shown.push([text, background]);
      },
      clear: async () => {
        shown.push('clear');
      },
    },
    alarm: {
      start: async () => {
        alarms.push('start');
      },
      stop: async () => {
        alarms.push('stop');
      },
    },
    colorOf: async () => 'green',
    endSession: async (id, cause) => {
      ended.push([id, cause]);
      return done(openedLaunch({ id, state: 'ended' }));
    },
    now: () => clock.now,
  });
  await store.put(openedLaunch());
  return { clock, shown, alarms, ended, store, tick };
};

// The texts are the browser's; here only that there is one matters.
beforeEach(() => vi.stubGlobal('chrome', { i18n: { getMessage: () => 'Acting' } }));
afterEach(() => vi.unstubAllGlobals());

describe('the badge', () => {
  test('shows the minutes that are left in the app’s colour, and in red for the last five', async () => {
    const { clock, shown, tick } = await ticking();
    await tick();
    clock.now = at('13:54:00');
    await tick();
    clock.now = at('13:55:00');
    await tick();
    expect(shown).toEqual([
      ['120', '#137a3c'],
      ['6', '#137a3c'],
      ['5', '#a8200d'],
    ]);
  });

  test('is of the session that ends first', async () => {
    const { store, shown, tick } = await ticking();
    const next = { id: SECOND_LAUNCH_ID, sessionEndsAt: '2026-11-20T13:00:00.000Z' };
    await store.put(openedLaunch(next));
    await tick();
    expect(shown).toEqual([['60', '#137a3c']]);
  });

  test('is gone when nobody is acted for, and so is the alarm', async () => {
    const { store, shown, alarms, tick } = await ticking();
    await store.change(LAUNCH_ID, { state: 'ended' });
    await tick();
    expect(shown).toEqual(['clear']);
    expect(alarms).toEqual(['stop']);
  });
});

describe('after two hours', () => {
  test('a session is ended, with the reason', async () => {
    const { clock, ended, shown, tick } = await ticking();
    clock.now = at('14:00:00');
    await tick();
    expect(ended).toEqual([[LAUNCH_ID, 'expired']]);
    expect(shown).toEqual(['clear']);
  });

  test('one that is being ended is left alone', async () => {
    const { clock, ended, store, tick } = await ticking();
    await store.change(LAUNCH_ID, { ending: 'app' });
    clock.now = at('14:00:00');
    await tick();
    expect(ended).toEqual([]);
  });
});
