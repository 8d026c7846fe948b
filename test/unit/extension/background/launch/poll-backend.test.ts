import { describe, expect, test } from 'vitest';
import type { Launch } from '../../../../../src/contract/launch.ts';
import type { BackendClient } from '../../../../../src/extension/background/backend/backend-client.ts';
import {
  changeByBackend,
  createAdoptLaunch,
} from '../../../../../src/extension/background/launch/apply-backend-news.ts';
import { createConfirmation } from '../../../../../src/extension/background/launch/poll-backend.ts';
import { createLaunchStore } from '../../../../../src/extension/background/launch-state/launch-store.ts';
import { refused } from '../../../../../src/extension/messages/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/problem.ts';
import { fakeTimers, memoryArea, settled } from '../fakes.ts';
import { LAUNCH_ID, openedLaunch } from '../launch-examples.ts';

const told = (changed: Partial<Launch>) => ({ id: LAUNCH_ID, ...changed }) as Launch;

const confirming = async (...states: readonly [Launch['state'], ...Launch['state'][]]) => {
  const timers = fakeTimers();
  const store = createLaunchStore({
    session: memoryArea(),
    now: () => 0,
    onChange: () => undefined,
  });
  let looks = 0;
  const client = (async () => {
    looks += 1;
    return { ok: true, value: told({ state: states[looks - 1] ?? states[0] }) };
  }) as unknown as BackendClient;
  const confirmation = createConfirmation({
    client,
    store,
    adopt: createAdoptLaunch(store, async () => refused(extensionProblem('launch_unknown'))),
    delay: timers.delay,
    now: timers.now,
  });
  const record = await store.put(openedLaunch());
  return { confirmation, store, timers, record, looks: () => looks };
};

describe('the confirmation', () => {
  test('asks after 1, 2 and 4 seconds, until the backend knows', async () => {
    const { confirmation, store, timers, record, looks } = await confirming(
      'opened',
      'opened',
      'confirmed',
    );
    void confirmation.watch(record);
    void confirmation.watch(record);
    await settled();
    await timers.advance(1_000);
    expect(looks()).toBe(1);
    await timers.advance(2_000);
    await timers.advance(4_000);
    expect(looks()).toBe(3);
    expect((await store.find(LAUNCH_ID))?.state).toBe('confirmed');
    await timers.advance(200_000);
    expect(looks()).toBe(3);
  });

  test('asks about a tab that a worker may have opened before it died', async () => {
    const { confirmation, store, timers } = await confirming('confirmed');
    const problem = extensionProblem('interrupted');
    const record = await store.put(openedLaunch({ state: 'not_landed', problem }));
    void confirmation.watch(record);
    await settled();
    await timers.advance(1_000);
    const found = await store.find(LAUNCH_ID);
    expect([found?.state, found?.problem]).toEqual(['confirmed', undefined]);
  });

  test('does not ask about a launch that was diagnosed', async () => {
    const { confirmation, store, timers, looks } = await confirming('confirmed');
    void confirmation.watch(await store.put(openedLaunch({ state: 'not_landed' })));
    await settled();
    await timers.advance(200_000);
    expect(looks()).toBe(0);
  });

  test('asks about every open session when a popup opens', async () => {
    const { confirmation, store } = await confirming('unconfirmed');
    await confirmation.lookAtAll();
    expect((await store.find(LAUNCH_ID))?.state).toBe('unconfirmed');
  });
});

describe('what the backend says', () => {
  test('of an end by somebody else ends the session here too', () => {
    expect(changeByBackend(openedLaunch(), told({ state: 'ended', cause: 'supervisor' }))).toEqual({
      state: 'ended',
      cause: 'supervisor',
      dismissed: false,
    });
  });

  test('does not disturb an end that is under way here', () => {
    const ending = openedLaunch({ ending: 'app' });
    expect(changeByBackend(ending, told({ state: 'ended' }))).toEqual({});
  });

  test('confirms even what seemed not to have landed', () => {
    const record = openedLaunch({ state: 'not_landed' });
    expect(changeByBackend(record, told({ state: 'confirmed' }))).toMatchObject({
      state: 'confirmed',
    });
  });

  test('never takes a confirmation back', () => {
    const record = openedLaunch({ state: 'confirmed' });
    for (const state of ['opened', 'landed', 'unconfirmed'] as const)
      expect(changeByBackend(record, told({ state }))).toEqual({});
  });
});
