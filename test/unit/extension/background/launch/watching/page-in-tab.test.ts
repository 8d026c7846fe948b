import { describe, expect, test } from 'vitest';
import { pageInTab } from '../../../../../../src/extension/background/launch/watching/page-in-tab.ts';

const APP = { loginUrl: 'https://shop.example.com/login', origins: ['https://shop.example.com'] };
const SHOP = { origin: 'https://shop.example.com' };

describe('what a tab shows', () => {
  test.each(['https://shop.example.com/', 'https://shop.example.com/orders?page=2'])(
    'at %s is the app',
    (url) => expect(pageInTab(url, APP)).toEqual({ kind: 'landed' }),
  );

  test.each([
    'https://shop.example.com/login',
    'https://shop.example.com/login?session_transfer_token=x',
    'https://shop.example.com/?session_transfer_token=x',
    'https://shop.example.com/callback?code=1&state=2',
    'https://shop.example.com/auth/callback',
  ])('at %s is on the way', (url) =>
    expect(pageInTab(url, APP)).toEqual({ kind: 'on_the_way', seen: SHOP }),
  );

  test.each(['', 'about:blank', 'not a url', 'chrome-error://chromewebdata/'])(
    'at "%s" is on the way, from nowhere',
    (url) => expect(pageInTab(url, APP)).toEqual({ kind: 'on_the_way' }),
  );

  test.each([
    ['https://login.example.com/u/login?state=secret', 'https://login.example.com'],
    ['https://shop.example.com.evil.example/', 'https://shop.example.com.evil.example'],
  ])('at %s is elsewhere', (url, origin) =>
    expect(pageInTab(url, APP)).toEqual({ kind: 'away', seen: { origin } }),
  );

  test('at an address that the browser keeps from us is elsewhere', () => {
    expect(pageInTab(undefined, APP)).toEqual({ kind: 'away' });
  });

  test('is an error with its code, if that looks like one', () => {
    expect(pageInTab('https://shop.example.com/callback?error=login_required', APP)).toEqual({
      kind: 'error',
      seen: { ...SHOP, error: 'login_required' },
    });
    expect(pageInTab('https://shop.example.com/callback?error=eyJhbGciOi', APP)).toEqual({
      kind: 'error',
      seen: SHOP,
    });
  });
});
