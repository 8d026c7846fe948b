import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

/** Where a name stands in a report without what its file is about. */
const files = sourceFiles('test/{e2e,integration,long}/**/*.test.ts');

/** The names of the tests in a text, tables included. */
const namesIn = (text: string): readonly string[] =>
  [
    ...text.matchAll(
      /^ *(?:(?:it|test)(?:\.\w+)*(?:\([^\n]*\))?|[\])]+(?: as const\))?)\(\s*(['"`])((?:(?!\1)[^\n\\]|\\.)+)\1,/gm,
    ),
  ].map(([, , name = '']) => name);

/** A name that goes on from its `describe` begins with what that does, or with how it is. */
const FRAGMENT =
  /^(?:it|as|is|are|was|has|have|does|can|cannot|may|must|says|shows|gives|takes|gets|keeps|leaves|stays|ends|opens|refuses|finds|for|by|of|that|which|whose|and|or)\b/;

const isSentence = (name: string): boolean => name.split(' ').length >= 3 && !FRAGMENT.test(name);

describe('the name of a test on real parts', () => {
  it('is found in every file', () => {
    const silent = files.filter(({ text }) => namesIn(text).length === 0);
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('reads as a sentence without its group', () => {
    const fragments = files.flatMap(({ path, text }) =>
      namesIn(text)
        .filter((name) => !isSentence(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(fragments).toEqual([]);
  });
});

it('a fragment is told from a sentence', () => {
  const text = `
  it('stays who they are, side by side', async () => {
  it.each(CASES)('a launch is diagnosed as %s', async (cause) => {
  ])('%s', async (cause) => {`;
  expect(namesIn(text).map(isSentence)).toEqual([false, true, false]);
});
