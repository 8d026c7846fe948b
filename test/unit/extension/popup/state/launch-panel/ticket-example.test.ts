import { describe, expect, test } from 'vitest';
import { ticketExample } from '../../../../../../src/extension/popup/state/launch-panel/ticket-example.ts';

describe('the example of a ticket', () => {
  test.each([
    ['^SUP-\\d+$', 'SUP-123'],
    ['^(?:SUP|BUG)-[0-9]{4}$', 'SUP-1234'],
    ['^[A-Z]{2,5}-[1-9]\\d*$', 'AA-1'],
    ['^#\\d{5,}$', '#12345'],
    ['^INC\\.\\w{3}/?$', 'INC.AAA'],
  ])('of the pattern %s is %s', (pattern, example) => {
    expect(ticketExample(pattern)).toBe(example);
  });

  test.each([undefined, '(', '^(?=SUP)SUP-1$', '^[^A]$', ''])(
    'is left out for the pattern %s, which it cannot be made from',
    (pattern) => {
      expect(ticketExample(pattern)).toBeUndefined();
    },
  );
});
