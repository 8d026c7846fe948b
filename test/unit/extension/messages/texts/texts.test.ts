import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnosisCauseSchema } from '../../../../../src/contract/diagnosis.ts';
import { ERROR_CODES } from '../../../../../src/contract/error-codes.ts';
import { EXTENSION_PROBLEM_CODES } from '../../../../../src/extension/messages/wire/extension-problem-codes.ts';

type Texts = Readonly<Record<string, { readonly message: string }>>;

const textsOf = (language: string): Texts =>
  JSON.parse(readFileSync(`public/_locales/${language}/messages.json`, 'utf8'));

const ENGLISH = textsOf('en');
const LANGUAGES = readdirSync('public/_locales');

const sources = readdirSync('src/extension', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => readFileSync(join('src/extension', path), 'utf8'))
  .concat(readFileSync('manifest.json', 'utf8'));

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\$\d/g)].map(String).sort();

describe('the texts', () => {
  test.each(LANGUAGES)('in %s are complete', (language) => {
    expect(Object.keys(textsOf(language)).sort()).toEqual(Object.keys(ENGLISH).sort());
  });

  test.each(LANGUAGES)('in %s have the placeholders of the English ones', (language) => {
    for (const [key, { message }] of Object.entries(textsOf(language))) {
      expect([key, placeholders(message)]).toEqual([
        key,
        placeholders(ENGLISH[key]?.message ?? ''),
      ]);
    }
  });

  test.each(LANGUAGES)('in %s are never empty', (language) => {
    const empty = Object.entries(textsOf(language)).filter(([, { message }]) => !message.trim());
    expect(empty).toEqual([]);
  });

  test.each(LANGUAGES)('in %s have typographic quotes and apostrophes', (language) => {
    const straight = Object.entries(textsOf(language)).filter(([, { message }]) =>
      /['"]/.test(message),
    );
    expect(straight).toEqual([]);
  });

  test('are all used', () => {
    const code = sources.join('\n');
    const unused = Object.keys(ENGLISH).filter(
      (key) =>
        !/^(?:problem|diagnosis)_/.test(key) &&
        !code.includes(`'${key}'`) &&
        !code.includes(`="${key}"`) &&
        !code.includes(`__MSG_${key}__`),
    );
    expect(unused).toEqual([]);
  });

  test('name every problem of extension and backend, its reason and what to do, and no other', () => {
    const codes = new Set([...EXTENSION_PROBLEM_CODES, ...ERROR_CODES]);
    const expected = [...codes].flatMap((code) =>
      ['title', 'detail', 'action'].map((part) => `problem_${code}_${part}`),
    );
    const present = Object.keys(ENGLISH).filter((key) => key.startsWith('problem_'));
    expect(present.sort()).toEqual(expected.sort());
  });

  test('name every cause of a failed launch, what to do and a short name, and no other', () => {
    const expected = diagnosisCauseSchema.options.flatMap((cause) =>
      ['title', 'action', 'name'].map((part) => `diagnosis_${cause}_${part}`),
    );
    const present = Object.keys(ENGLISH).filter((key) => key.startsWith('diagnosis_'));
    expect(present.sort()).toEqual(expected.sort());
  });
});
