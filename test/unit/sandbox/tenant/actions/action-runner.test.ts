import { expect, it, onTestFinished } from 'vitest';
import { createActionRunner } from '../../../../../src/sandbox/tenant/actions/action-runner.ts';

const LIMITS = { timeoutInMilliseconds: 300, memoryInMegabytes: 64 };

const runnerOf = (code: string) => {
  const action = { code, secrets: {}, dependencies: [] };
  const runner = createActionRunner(action, 'onExecutePostLogin', LIMITS, Date.now);
  onTestFinished(runner.close);
  return runner;
};

it('an answer that came in time is taken, also where the tenant stood still when it came', async () => {
  const runner = runnerOf('exports.onExecutePostLogin = async () => {};');
  // Its worker is there and takes a millisecond from now on.
  await runner.run({});
  const answer = runner.run({});
  await new Promise((resolve) => setImmediate(resolve));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3 * LIMITS.timeoutInMilliseconds);
  expect(await answer).toMatchObject({ ok: true });
});

it('an Action that does not answer in time has failed, and the next one runs', async () => {
  const runner = runnerOf(
    'exports.onExecutePostLogin = (event) => event.hang && new Promise(() => {});',
  );
  expect(await runner.run({ hang: true })).toEqual({
    ok: false,
    failure: 'The Action ran longer than 300 ms.',
  });
  expect((await runner.run({})).ok).toBe(true);
});
