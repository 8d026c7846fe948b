import { describe, expect, test } from 'vitest';
import {
  addressIn,
  recipientsOf,
  recordUrlOf,
  searchTermOf,
} from '../../../../../src/extension/background/entry-points/page-text.ts';

describe('a search term from a page', () => {
  test.each([
    ['  Nora \n\t Lindqvist ', 'Nora Lindqvist'],
    ['Alan \u202egnissim\u202c Turner', 'Alan gnissim Turner'],
    ['No\u0000ra\u200b Lind\ufeffqvist', 'Nora Lindqvist'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['👩‍👩‍👧‍👦 The Okafors', '👩‍👩‍👧‍👦 The Okafors'],
    ['\ud800Lone', 'Lone'],
  ])('%j is %j', (text, expected) => {
    expect(searchTermOf(text)).toBe(expected);
  });

  test('has at most a hundred characters, none of them cut in half', () => {
    expect(searchTermOf('😀'.repeat(5000))).toBe('😀'.repeat(50));
    expect(searchTermOf('a'.repeat(1_000_000))).toHaveLength(100);
  });
});

describe('the address in a text', () => {
  test.each([
    ['nora.lindqvist@mail.example', 'nora.lindqvist@mail.example'],
    ['Nora <nora.lindqvist@mail.example>, yesterday', 'nora.lindqvist@mail.example'],
    ["Write to tess+shop.o'hara@mail.example.", "tess+shop.o'hara@mail.example"],
    ["'nora@mail.example'", 'nora@mail.example'],
    ['a@b.example and again a@b.example', 'a@b.example'],
    ['a@b.example or c@d.example', undefined],
    ['nobody', undefined],
    ['', undefined],
  ])('%j is %j', (text, expected) => {
    expect(addressIn(text)).toBe(expected);
  });

  test('is looked for in the first ten thousand characters, however long a text is made', () => {
    expect(addressIn(`${' '.repeat(9_000)}nora@mail.example`)).toBe('nora@mail.example');
    expect(addressIn(`${' '.repeat(10_000)}nora@mail.example`)).toBeUndefined();
    expect(addressIn('a'.repeat(1_000_000))).toBeUndefined();
    expect(addressIn('@'.repeat(1_000_000))).toBeUndefined();
  });
});

describe('the recipients of a mail link', () => {
  test.each([
    ['mailto:nora%40mail.example?subject=x', 'nora@mail.example'],
    ['MAILTO:nora@mail.example', 'nora@mail.example'],
    ['mailto:%E0%A4%A', '%E0%A4%A'],
    ['https://crm.example.com/', undefined],
  ])('of %s are %s', (link, expected) => {
    expect(recipientsOf(link)).toBe(expected);
  });
});

describe('the address of a record', () => {
  test('loses credentials and fragment', () => {
    expect(recordUrlOf('https://u:p@crm.example.com/c/1?a=b#token')).toBe(
      'https://crm.example.com/c/1?a=b',
    );
  });

  test.each([
    'chrome://settings',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'nonsense',
    undefined,
  ])('is none for %s', (address) => {
    expect(recordUrlOf(address)).toBeUndefined();
  });

  test('is none when it is endless', () => {
    expect(recordUrlOf(`https://crm.example.com/${'a'.repeat(2_000)}`)).toBeUndefined();
  });
});
