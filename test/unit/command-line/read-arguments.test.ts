import { expect, it } from 'vitest';
import { readArguments } from '../../../src/command-line/read-arguments.ts';

const OPTIONS = {
  folder: { type: 'string' },
  method: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;
const read = (...args: readonly string[]) => readArguments(args, OPTIONS, 1);

it('options and words are read in any order', () => {
  expect(read('--json', 'verify', '--folder', 'a', '--method=x', '--method', 'y')).toEqual({
    values: { folder: 'a', method: ['x', 'y'], json: true },
    words: ['verify'],
  });
});

it('an option may be repeated with the same value', () => {
  expect(read('--json', '--folder=a', '--folder', 'a', '--json').values).toEqual({
    folder: 'a',
    json: true,
  });
});

it('a value may begin with a dash behind an equals sign', () => {
  expect(read('--folder=-a').values).toEqual({ folder: '-a' });
});

it.each([
  ['that nobody knows', ['--foldr', 'a'], 'There is no option --foldr; --help lists those'],
  ['that an object has by itself', ['--constructor', 'a'], 'There is no option --constructor;'],
  ['without its value', ['verify', '--folder'], '--folder needs a value.'],
  ['whose value is the next option', ['--folder', '--json'], '--folder needs a value.'],
  ['whose value is empty', ['--folder', ''], '--folder needs a value.'],
  ['whose value behind the equals sign is empty', ['--folder='], '--folder needs a value.'],
  ['that takes no value and has one', ['--json=yes'], '--json takes no value.'],
  ['that has two values', ['--folder', 'a', '--folder', 'b'], '--folder has two values.'],
  ['of one letter that nobody knows', ['-x'], 'There is no option -x;'],
])('an option %s is refused with a sentence', (_what, args, sentence) => {
  expect(() => read(...args)).toThrow(sentence);
});

it('a word too many is refused with a sentence', () => {
  expect(() => read('verify', 'folder')).toThrow('"folder" is no option; --help lists');
});
