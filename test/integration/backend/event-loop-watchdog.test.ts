import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';

const run = (script: string) =>
  spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { startEventLoopWatchdog } from ${JSON.stringify(inRepository('src/backend/lifecycle/event-loop-watchdog.ts'))};
       startEventLoopWatchdog(1500);
       ${script}`,
    ],
    { timeout: 50_000, encoding: 'utf8' },
  );

it('the watchdog ends a process whose event loop stands still, and says so', () => {
  const { signal, stderr } = run('setTimeout(() => { for (;;); }, 100);');
  expect(signal).toBe('SIGKILL');
  expect(stderr).toContain('The event loop stood still');
});

it('the watchdog leaves a process alone that stands still because it gets no processor time', () => {
  const cell = 'new Int32Array(new SharedArrayBuffer(4))';
  const { status, stderr } = run(`setTimeout(() => Atomics.wait(${cell}, 0, 0, 5_000), 100);`);
  expect(stderr).not.toContain('stood still');
  expect(status).toBe(0);
});

it('the watchdog keeps no process alive that is done', () => {
  expect(run('setTimeout(() => undefined, 100);').status).toBe(0);
});
