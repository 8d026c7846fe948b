import { describe, expect, test } from 'vitest';
import type { SignInAgain } from '../../../../../src/extension/background/sign-in/sign-in-again.ts';
import { done, refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { settled } from '../fakes.ts';
import { LAUNCH_ID, launchRecord, SECOND_LAUNCH_ID } from '../launch-examples.ts';
import { ISSUED, launchingWith, type Parts, REQUEST, TOKENS } from './launching-example.ts';

describe('a launch that wants a fresher sign-in', () => {
  const STEP_UP = { maxAgeSeconds: 300 };
  const WANTED = refused({
    source: 'backend',
    code: 'step_up_required',
    title: '',
    detail: '',
    action: '',
    requestId: 'r-1',
    stepUp: STEP_UP,
  });

  test('as the panel said has the agent sign in before anything is looked at, ended or asked for', async () => {
    const { launching, history, did, posts } = await launchingWith();
    expect(await launching({ ...REQUEST, stepUp: STEP_UP })).toMatchObject({
      value: { id: LAUNCH_ID, state: 'opened', signsInAgain: true },
    });
    expect(did).toEqual(['sign in within 300', 'clear']);
    expect(history.slice(0, 3)).toEqual(['requested:sign_in', 'requested:backend', 'POST']);
    expect(posts).toMatchObject([{ id: LAUNCH_ID, reason: 'Invoice 12' }]);
  });

  test('only by the backend’s word goes on by itself under another id, with all that was typed', async () => {
    const answers: unknown[] = [WANTED, done({ ...ISSUED, id: SECOND_LAUNCH_ID })];
    const { launching, launches, did, posts } = await launchingWith({
      issue: async () => answers.shift(),
    });
    expect(await launching({ ...REQUEST, ticket: 'SUP-1' })).toMatchObject({
      value: { id: SECOND_LAUNCH_ID, state: 'opened' },
    });
    expect(did).toEqual(['clear', 'sign in within 300', 'clear']);
    const typed = { customerId: 'auth0|mara', reason: 'Invoice 12', ticket: 'SUP-1' };
    expect(posts).toMatchObject([
      { ...typed, id: LAUNCH_ID },
      { ...typed, id: SECOND_LAUNCH_ID },
    ]);
    expect(await launches.find(LAUNCH_ID)).toMatchObject({ state: 'refused', dismissed: true });
  });

  test('in the place of another session signs in before that one is ended', async () => {
    const previews = [done({ needs: ['step_up' as const], stepUp: STEP_UP }), done({ needs: [] })];
    const parts: Parts = {
      obstacles: { sessions: [launchRecord({ id: 'f2f0a9c7-2b1d-4e5f-8a6b-7c8d9e0f1a2b' })] },
    };
    const { launching, did } = await launchingWith({
      ...parts,
      way: 'cleared',
      get preview() {
        return previews.shift() ?? done(undefined);
      },
    });
    expect(await launching(REQUEST)).toMatchObject({ value: { state: 'opened' } });
    expect(did.map((what) => what.split(' ')[0])).toEqual(['preview', 'sign', 'preview', 'clear']);
  });

  test('and gets none asks for nothing, and keeps what was typed for the next try', async () => {
    const { launching, posts, did } = await launchingWith({
      signInAgain: async () => refused(extensionProblem('step_up_closed')),
    });
    expect(await launching({ ...REQUEST, stepUp: STEP_UP })).toMatchObject({
      value: {
        state: 'failed',
        problem: { code: 'step_up_closed' },
        request: { reason: 'Invoice 12' },
      },
    });
    expect(posts).toEqual([]);
    expect(did).not.toContain('clear');
  });

  test('and is refused after it all the same says so, and asks no second time', async () => {
    const { launching, did } = await launchingWith({ issue: async () => WANTED });
    expect(await launching(REQUEST)).toMatchObject({
      value: { id: SECOND_LAUNCH_ID, problem: { code: 'step_up_required' } },
    });
    expect(did.filter((what) => what.startsWith('sign in'))).toHaveLength(1);
  });

  test('and is stopped meanwhile opens nothing, whatever becomes of the window', async () => {
    const window = Promise.withResolvers<Awaited<ReturnType<SignInAgain>>>();
    const { launching, cancel, launches, posts } = await launchingWith({
      signInAgain: () => window.promise,
    });
    const running = launching({ ...REQUEST, stepUp: STEP_UP });
    while ((await launches.find(LAUNCH_ID)) === undefined) {
      await settled();
    }
    await cancel(LAUNCH_ID);
    window.resolve(done(TOKENS));
    expect(await running).toMatchObject({ value: { problem: { code: 'launch_cancelled' } } });
    expect(posts).toEqual([]);
  });

  test('is one launch, however often it is asked for', async () => {
    const answers: unknown[] = [WANTED, done({ ...ISSUED, id: SECOND_LAUNCH_ID })];
    const { launching, posts } = await launchingWith({ issue: async () => answers.shift() });
    const [first, second] = await Promise.all([launching(REQUEST), launching(REQUEST)]);
    expect(first).toEqual(second);
    expect(await launching(REQUEST)).toMatchObject({ value: { id: LAUNCH_ID, state: 'refused' } });
    expect(posts).toHaveLength(2);
  });
});
