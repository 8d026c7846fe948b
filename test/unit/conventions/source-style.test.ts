import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

const files = sourceFiles('src/**/*.{ts,tsx,mjs}', 'test/**/*.ts');
const MAX_LINES = 300;
/** A spread that chooses between something and an empty object; `&&` does the same. */
const TERNARY_SPREAD =
  /\.\.\.\((?:[^();]|\([^()]*\))*?\s\?\s(?:\{\}\s:|(?:[^();]|\((?:[^()]|\([^()]*\))*\))*?\s:\s\{\}\s?\))/;
/** A module's own number, text, pattern or list of such that is named like a variable. */
const LOWER_CASE_CONSTANT =
  /^(?:export )?const ([a-z]\w*)(?:: [^=\n]+)? =\s+(?:-?\d|'|"|`|\/[^/*]|new (?:Set|Map|RegExp)\(\[|\[\s*(?:'|\d))/gm;

const offenders = (rule: (file: (typeof files)[number]) => boolean) =>
  files.filter(rule).map(({ path }) => path);

describe('a source file', () => {
  it('stays under 300 lines', () => {
    const product = offenders(
      ({ path, text }) => path.startsWith('src/') && text.split('\n').length > MAX_LINES,
    );
    expect(product).toEqual([]);
  });

  it('is named for a concept', () => {
    expect(
      offenders(({ path }) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.)/.test(path)),
    ).toEqual([]);
  });

  it('is in kebab case', () => {
    expect(offenders(({ path }) => !/^[a-z0-9/.-]+$/.test(path))).toEqual([]);
  });

  it('spreads conditionally in one way', () => {
    expect(
      offenders(({ path, text }) => !path.includes('/conventions/') && TERNARY_SPREAD.test(text)),
    ).toEqual([]);
  });

  it('writes constants in upper case', () => {
    expect(
      files.flatMap(({ path, text }) =>
        [...text.matchAll(LOWER_CASE_CONSTANT)].map(([, name]) => `${path}: ${name}`),
      ),
    ).toEqual([]);
  });

  it('suppresses no rule without saying why', () => {
    const silent =
      /(@ts-(ignore|expect-error|nocheck)|biome-ignore[^:\n]*|eslint-disable[^\n]*|oxlint-disable[^\n]*)(:?\s*)$/m;
    const found = offenders(
      ({ path, text }) => !path.includes('/conventions/') && silent.test(text),
    );
    expect(found).toEqual([]);
  });
});

it.each([
  ['...(a === undefined ? {} : { a })', true],
  ['...(isLate(a) ? { late: text(a) } : {})', true],
  ['...(a !== undefined && { a })', false],
  ['call(...(a ? [b] : [])); const c = a ? {} : d;', false],
])('a conditional spread is told from another: %s', (text, isTernary) => {
  expect(TERNARY_SPREAD.test(text)).toBe(isTernary);
});
