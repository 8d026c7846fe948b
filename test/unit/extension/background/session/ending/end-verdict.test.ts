import { describe, expect, test } from 'vitest';
import {
  createBrowserCheck,
  endVerdict,
  isStillInTheWay,
} from '../../../../../../src/extension/background/session/ending/end-verdict.ts';
import type { EndVerdict } from '../../../../../../src/extension/messages/launch/launch-status.ts';

describe('an end', () => {
  test.each<[EndVerdict['result'], EndVerdict['tenant'], EndVerdict['browser']]>([
    ['signed_out', 'gone', 'signed_out'],
    ['signed_out', 'gone', 'not_reached'],
    ['signed_out', 'unknown', 'signed_out'],
    ['not_checked', 'unknown', 'not_seen'],
    ['not_checked', 'not_in_plan', 'not_seen'],
    ['not_checked', 'unreachable', 'not_reached'],
    ['still_signed_in', 'still_there', 'signed_out'],
    ['still_signed_in', 'gone', 'still_signed_in'],
    ['pending', 'pending', 'signed_out'],
    ['pending', 'pending', 'not_seen'],
  ])('is %s when the tenant says %s and the browser %s', (result, tenant, browser) => {
    expect(endVerdict({ tenant, browser })).toEqual({ tenant, browser, result });
  });

  test.each<[boolean, EndVerdict['tenant'], EndVerdict['browser']]>([
    [true, 'unknown', 'not_reached'],
    [true, 'gone', 'still_signed_in'],
    [true, 'gone', 'not_reached'],
    [false, 'not_in_plan', 'not_seen'],
    [false, 'pending', 'signed_out'],
  ])('is in the way of the next launch: %s, for %s and %s', (expected, tenant, browser) => {
    expect(isStillInTheWay(endVerdict({ tenant, browser }))).toBe(expected);
  });
});

describe('the browser', () => {
  const look = (present: boolean | undefined, store: string, reached: boolean, removed = false) =>
    createBrowserCheck({ present: async () => present, remove: async () => undefined })(
      'https://login.example.com',
      store,
      { reached, containerRemoved: removed },
    );

  test('is believed by its cookie, else by whether a tab went to the logout pages', async () => {
    expect(await look(true, 'default', true)).toBe('still_signed_in');
    expect(await look(false, 'default', false)).toBe('signed_out');
    expect(await look(undefined, 'default', true)).toBe('not_seen');
    expect(await look(undefined, 'private', false)).toBe('not_reached');
  });

  test('is signed out of a container when that is gone, whatever a cookie elsewhere says', async () => {
    expect(await look(true, 'firefox-container-1', false, true)).toBe('signed_out');
    expect(await look(false, 'firefox-container-1', true, false)).toBe('still_signed_in');
  });
});
