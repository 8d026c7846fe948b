import { expect, it } from 'vitest';
import { createTicketTest } from '../../../../src/backend/config/ticket-pattern.ts';

it('takes a ticket of the right form', () => {
  const isTicket = createTicketTest('^[A-Z]+-[0-9]+$');
  expect([isTicket('AB-12'), isTicket('ab-12'), isTicket('AB-12; DROP')]).toEqual([
    true,
    false,
    false,
  ]);
});

it('gives up on a pattern that would run for years', () => {
  const isTicket = createTicketTest('^([A-Z]+-?)+[0-9]$');
  expect(isTicket('A'.repeat(100))).toBe(false);
  expect(isTicket('AB-1')).toBe(true);
});

it('cannot be left by a ticket', () => {
  const isTicket = createTicketTest('^x$');
  expect(isTicket('"); process.exit(1); ("')).toBe(false);
});
