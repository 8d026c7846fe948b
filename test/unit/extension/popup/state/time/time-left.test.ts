import { readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { timeLeft } from '../../../../../../src/extension/popup/state/time/time-left.ts';

const ENGLISH = JSON.parse(readFileSync('public/_locales/en/messages.json', 'utf8'));
const MINUTE = 60_000;

beforeEach(() => {
  vi.stubGlobal('chrome', {
    i18n: {
      getMessage: (key: string, [first = '', second = '']: readonly string[]) =>
        ENGLISH[key].message.replace('$1', first).replace('$2', second),
    },
  });
});

test.each([
  [120, '2 h left'],
  [119, '1 h 59 min left'],
  [60, '1 h left'],
  [59, '59 min left'],
  [0.5, '1 min left'],
  [0, 'Time is up'],
])('with %d minutes left, an agent reads "%s"', (minutes, text) => {
  expect(timeLeft(minutes * MINUTE, 0)).toBe(text);
});
