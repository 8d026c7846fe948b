import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  displayText,
  inSentence,
} from '../../../../../src/extension/messages/texts/display-text.ts';

describe('displayText', () => {
  test.each([
    ['Mara Lindqvist', 'Mara Lindqvist'],
    ['مريم الحسيني', 'مريم الحسيني'],
    ['O\'Neil "<b>"', 'O\'Neil "<b>"'],
    ['👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦'],
    ['  Mara\n\tLindqvist ', 'Mara Lindqvist'],
    ['Mar\u202Etxet', 'Mar\uFFFDtxet'],
    ['\u2066Mara\u2069', '\uFFFDMara\uFFFD'],
    ['Ma\u200Bra', 'Ma\uFFFDra'],
    ['Ma\u0000ra\u0007', 'Ma\uFFFDra\uFFFD'],
    ['Ma\uD800ra', 'Ma\uFFFDra'],
    ['Ma\u{E0041}ra', 'Ma\uFFFDra'],
    ['🏴󠁧󠁢󠁳󠁣󠁴󠁿 Mara', '🏴󠁧󠁢󠁳󠁣󠁴󠁿 Mara'],
    ['🏴\u{E0041}\u{E0042}', '🏴\uFFFD\uFFFD'],
    ['', ''],
  ])('shows %j as %j', (text, shown) => expect(displayText(text)).toBe(shown));

  test('never leaves a character that reorders or hides what is around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(displayText(text)).not.toMatch(
          /[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u061c\ufeff]|\p{Cc}|\p{Cs}/u,
        );
      }),
    );
  });
});

describe('a foreign text in a sentence of ours', () => {
  test.each([
    ['a short one stays as it is', 'Mara Lindqvist', 'Mara Lindqvist'],
    ['one from right to left is kept apart', 'مريم', '\u2068مريم\u2069'],
    [
      'a long one is shortened',
      'Maximilian von und zu Hohenstein von und zu Hohenstein-Wittgenstein',
      'Maximilian von und zu Hohenstein von und zu Hohe…',
    ],
  ])('%s', (_, text, shown) => expect(inSentence(text)).toBe(shown));
});
