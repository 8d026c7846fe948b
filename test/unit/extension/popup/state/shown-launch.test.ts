import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { launchIdSchema } from '../../../../../src/contract/ids.ts';
import { dismiss } from '../../../../../src/extension/popup/state/launch/launch-action.ts';
import {
  endedElsewhere,
  followedLaunch,
  load,
  putAwayLaunch,
  shownLaunch,
  snapshot,
  start,
} from '../../../../../src/extension/popup/state/state.ts';
import { ok, playWorker } from './played-worker.ts';
import { sessionExample, snapshotExample } from './snapshot-example.ts';

const NORA = launchIdSchema.parse('5f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60');
const UMA = launchIdSchema.parse('6f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60');

const launching = (id: string) => ({
  launch: sessionExample({ id, state: 'issued', standing: 'launching' }),
});

/** The next snapshot of the worker has this launch. */
const loadWith = async (changes: object): Promise<void> => {
  playWorker({
    get_snapshot: () => ok(snapshotExample([], changes)),
    dismiss_launch: () => ok(),
  });
  await load();
};

beforeEach(() => {
  snapshot.value = undefined;
  followedLaunch.value = undefined;
  putAwayLaunch.value = undefined;
  endedElsewhere.value = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the launch that is shown', () => {
  test('the launch that is shown is the one under way, until it is over and has been put away', async () => {
    await loadWith(launching(NORA));
    expect(shownLaunch()?.id).toBe(NORA);
    await loadWith({ launch: sessionExample({ id: NORA }) });
    expect(shownLaunch()?.standing).toBe('acting');
    await dismiss(NORA);
    expect(shownLaunch()).toBeUndefined();
  });

  test('the launch that is shown is never one that was put away, when a snapshot from before still has it starting', async () => {
    await loadWith(launching(NORA));
    await dismiss(NORA);
    await loadWith(launching(NORA));
    expect(shownLaunch()).toBeUndefined();
    expect(followedLaunch.value).toBeUndefined();
  });

  test('the launch that is shown after one was put away is the next that is under way', async () => {
    await loadWith(launching(NORA));
    await dismiss(NORA);
    await loadWith(launching(UMA));
    expect(shownLaunch()?.id).toBe(UMA);
  });

  test('the launch that is shown may be one that was put away and is now being signed out', async () => {
    await loadWith({ launch: sessionExample({ id: NORA }) });
    await dismiss(NORA);
    await loadWith({ launch: sessionExample({ id: NORA, standing: 'ending', ending: 'app' }) });
    expect(shownLaunch()?.id).toBe(NORA);
  });
});

describe('the launch that is followed', () => {
  const acting = sessionExample({ id: NORA, sessionEndsAt: '2026-11-20T12:00:00.000Z' });

  test('the launch that is followed is no longer shown at its end time, and the agent is told that it is over', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-20T11:59:50.000Z') });
    vi.stubGlobal('addEventListener', () => undefined);
    followedLaunch.value = NORA;
    const left = snapshotExample([acting], { launch: acting });
    playWorker({});
    await start({ onWritten: () => undefined }, Promise.resolve(left));
    expect(shownLaunch()?.standing).toBe('acting');
    await vi.advanceTimersByTimeAsync(9_000);
    expect(shownLaunch()?.standing).toBe('acting');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(shownLaunch()).toBeUndefined();
    expect(endedElsewhere.value.map(({ id }) => id)).toEqual([NORA]);
  });
});
