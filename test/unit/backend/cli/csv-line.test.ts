import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../../src/backend/cli/ledger-commands/csv-line.ts';

describe('a line of CSV', () => {
  it('quotes every cell and doubles quotes', () => {
    expect(csvLine(['a', 'b "c", d', ''])).toBe('"a","b ""c"", d",""\r\n');
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\uff1d1',
    '\u200b=1',
    '|calc',
    '%x',
  ])('makes the formula %j a text', (formula) => {
    expect(csvLine([formula])).toMatch(/^"'/);
  });

  it.each(['Nora', 'a=b', '2026-03-01T12:00:00Z', 'auth0|nora', ''])(
    'leaves %j as it is',
    (text) => {
      expect(csvLine([text])).toBe(`"${text}"\r\n`);
    },
  );

  it('has no line break within a cell', () => {
    expect(csvLine(['a\r\n=b'])).toBe('"a =b"\r\n');
  });
});
