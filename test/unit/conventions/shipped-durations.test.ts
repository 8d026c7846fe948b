import { expect, it } from 'vitest';
import config from '../../../vite.config.ts';

const paceOf = (mode: string): unknown =>
  config({ mode, command: 'build' }).define?.['__TEST_PACE__'];

it.each(['chrome', 'firefox'])(
  'the %s build that ships waits as long as its durations say',
  (mode) => {
    expect(paceOf(mode)).toBe('1');
  },
);

it.each(['chrome-test', 'firefox-test'])('the %s build waits a fraction of it', (mode) => {
  expect(Number(paceOf(mode))).toBeLessThan(1);
});
