import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

const files = sourceFiles('src/**/*.{ts,tsx,mjs}', 'test/**/*.ts');
const MAX_LINES = 300;

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

  it('of the worker, the messages and the contract spreads conditionally in one way', () => {
    const folders = /^src\/(contract|extension\/(background|banner|browser|messages))\//;
    expect(
      offenders(({ path, text }) => folders.test(path) && /\? \{\} :|: \{\}\)/.test(text)),
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
