import { expect, test } from 'vitest';
import { chooseSessionColor } from '../../../../../../src/extension/background/session/indicators/session-color.ts';

const APPS = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id }));

test('five apps next to each other have five colours, and the sixth the first again', () => {
  expect(APPS.map(({ id }) => chooseSessionColor(id, APPS, []))).toEqual([
    'blue',
    'green',
    'purple',
    'pink',
    'cyan',
    'blue',
  ]);
});

test('a second session of an app gets the next colour that no session has', () => {
  expect(chooseSessionColor('a', APPS, ['blue', 'green'])).toBe('purple');
  expect(chooseSessionColor('e', APPS, ['cyan'])).toBe('blue');
});

test('a sixth session gets its app’s colour again', () => {
  expect(chooseSessionColor('b', APPS, ['blue', 'green', 'purple', 'pink', 'cyan'])).toBe('green');
});

test('an app that is in the list no more has a colour too', () => {
  expect(chooseSessionColor('gone', APPS, [])).toBe('blue');
});
