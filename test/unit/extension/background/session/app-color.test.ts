import { expect, test } from 'vitest';
import { colorOfApp } from '../../../../../src/extension/background/session/app-color.ts';

const APPS = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id }));

test('five apps next to each other have five colours, and the sixth the first again', () => {
  expect(APPS.map(({ id }) => colorOfApp(id, APPS))).toEqual([
    'blue',
    'green',
    'purple',
    'pink',
    'cyan',
    'blue',
  ]);
});

test('an app that is in the list no more has a colour too', () => {
  expect(colorOfApp('gone', APPS)).toBe('blue');
});
