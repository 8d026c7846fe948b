import { describe, expect, test, vi } from 'vitest';
import { done, refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { settled } from '../fakes.ts';
import { LAUNCH_ID, SECOND_LAUNCH_ID } from '../launch-examples.ts';
import { ISSUED, launchingWith, REQUEST } from './launching-example.ts';

describe('one launch', () => {
  test('comes of a double click', async () => {
    const { launching, posts, browser } = await launchingWith();
    const answers = await Promise.all([launching(REQUEST), launching(REQUEST)]);
    expect(answers[0]).toEqual(answers[1]);
    expect(posts).toHaveLength(1);
    expect(browser.opened).toHaveLength(1);
  });

  test('comes of a message that is repeated later', async () => {
    const { launching, posts } = await launchingWith();
    await launching(REQUEST);
    expect(await launching(REQUEST)).toMatchObject({ ok: true, value: { state: 'opened' } });
    expect(posts).toHaveLength(1);
  });

  test('comes of a message that is repeated after the refusal', async () => {
    const { launching, posts } = await launchingWith({
      issue: async () => refused(extensionProblem('timeout')),
    });
    await launching(REQUEST);
    expect(await launching(REQUEST)).toMatchObject({
      value: { state: 'interrupted', problem: { code: 'timeout' } },
    });
    expect(posts).toHaveLength(1);
  });

  test('is under way at a time', async () => {
    const { launching, posts } = await launchingWith();
    const first = launching(REQUEST);
    expect(await launching({ ...REQUEST, id: SECOND_LAUNCH_ID })).toMatchObject({
      problem: { code: 'another_launch_running' },
    });
    await first;
    expect(posts).toHaveLength(1);
  });

  test('is answered when its tab has loaded, with what became of it until then', async () => {
    const loaded = Promise.withResolvers<void>();
    const { launching, launches } = await launchingWith({ loaded: loaded.promise });
    const answered = vi.fn();
    const answer = launching(REQUEST);
    void answer.then(answered);
    await vi.waitFor(async () =>
      expect(await launches.find(LAUNCH_ID)).toMatchObject({ state: 'opened' }),
    );
    await launches.advance(LAUNCH_ID, 'landed', { landedBy: 'tab' });
    await settled();
    expect(answered).not.toHaveBeenCalled();
    loaded.resolve();
    expect(await answer).toMatchObject({ ok: true, value: { state: 'landed' } });
  });

  test('does not keep the next one from starting while its tab loads', async () => {
    const { launching, launches, posts } = await launchingWith({
      loaded: Promise.withResolvers<void>().promise,
    });
    void launching(REQUEST);
    await vi.waitFor(async () =>
      expect(await launches.find(LAUNCH_ID)).toMatchObject({ state: 'opened' }),
    );
    await settled();
    void launching({ ...REQUEST, id: SECOND_LAUNCH_ID });
    await vi.waitFor(() => expect(posts).toHaveLength(2));
  });

  test('does not keep the next one from starting', async () => {
    const { launching, posts } = await launchingWith();
    await launching(REQUEST);
    await launching({ ...REQUEST, id: SECOND_LAUNCH_ID });
    expect(posts).toHaveLength(2);
  });
});

describe('a launch that the agent stops', () => {
  test('while the backend is asked opens no tab, even when the token comes', async () => {
    const answer = Promise.withResolvers<unknown>();
    const { launching, cancel, browser, reports, launches } = await launchingWith({
      issue: () => answer.promise,
    });
    const running = launching(REQUEST);
    while ((await launches.find(LAUNCH_ID)) === undefined) {
      await settled();
    }
    await settled();
    expect(await cancel(LAUNCH_ID)).toMatchObject({
      value: { state: 'interrupted', problem: { code: 'launch_cancelled' } },
    });
    answer.resolve(done(ISSUED));
    expect(await running).toMatchObject({ value: { problem: { code: 'launch_cancelled' } } });
    expect(browser.opened).toEqual([]);
    expect(reports[0]).toEqual({ type: 'not_landed' });
  });

  test('after its tab was opened goes on', async () => {
    const { launching, cancel } = await launchingWith();
    await launching(REQUEST);
    expect(await cancel(LAUNCH_ID)).toMatchObject({ value: { state: 'opened' } });
  });

  test('by signing out opens no tab, and the sign-out does not wait for the backend', async () => {
    const answer = Promise.withResolvers<unknown>();
    const { launching, stop, browser, launches, session, local } = await launchingWith({
      issue: () => answer.promise,
    });
    const running = launching(REQUEST);
    while ((await launches.find(LAUNCH_ID)) === undefined) {
      await settled();
    }
    await settled();
    await stop();
    // The sign-out empties the session storage.
    await session.clear();
    answer.resolve(done(ISSUED));
    await running;
    expect(browser.opened).toEqual([]);
    expect(JSON.stringify(await local.get('keptSessions'))).not.toContain(LAUNCH_ID);
  });

  test('by signing out while its tab is being opened is over once the tab is there to be ended', async () => {
    const tab = Promise.withResolvers<number>();
    const { launching, stop, launches } = await launchingWith({ open: () => tab.promise });
    const running = launching(REQUEST);
    while ((await launches.find(LAUNCH_ID))?.state !== 'issued') {
      await settled();
    }
    const stopped = stop();
    await settled();
    tab.resolve(7);
    await stopped;
    expect((await launches.active()).map(({ id }) => id)).toEqual([LAUNCH_ID]);
    await running;
  });

  test('where there is none is stopped at once', async () => {
    const { stop } = await launchingWith();
    await expect(stop()).resolves.toBeUndefined();
  });
});
