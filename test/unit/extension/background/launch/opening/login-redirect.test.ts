import { describe, expect, test } from 'vitest';
import { organizationIdSchema } from '../../../../../../src/contract/ids.ts';
import { buildLoginRedirect } from '../../../../../../src/extension/background/launch/opening/login-redirect.ts';

const APP = {
  loginUrl: 'https://shop.example.com/login',
  origins: ['https://shop.example.com', 'https://www.shop.example.com'],
};
const token = { sessionTransferToken: 'a b&c=d' };

describe('buildLoginRedirect', () => {
  test('keeps the query that the login URL has', () => {
    expect(buildLoginRedirect('https://shop.example.com/login?from=desk', APP, token, false)).toBe(
      'https://shop.example.com/login?from=desk&session_transfer_token=a+b%26c%3Dd',
    );
  });

  test('adds the organization when there is one', () => {
    const delivery = { ...token, organizationId: organizationIdSchema.parse('org_1') };
    expect(buildLoginRedirect('https://shop.example.com/login', APP, delivery, false)).toBe(
      'https://shop.example.com/login?session_transfer_token=a+b%26c%3Dd&organization=org_1',
    );
  });

  test.each([
    'https://evil.example.com/login',
    'https://shop.example.com.evil.example/login',
    'https://shop.example.com:8443/login',
    'http://shop.example.com/login',
    'https://shop.example.com/login#fragment',
    'https://user@shop.example.com/login',
    'javascript:alert(1)',
    '/login',
    '',
  ])('refuses %s', (loginUrl) => {
    expect(buildLoginRedirect(loginUrl, APP, token, false)).toBeUndefined();
  });

  test.each([
    ['token', { sessionTransferToken: ' ' }],
    ['organization', { ...token, organizationId: organizationIdSchema.parse(' ') }],
  ])('refuses a blank %s: Auth0 would let in whoever is signed in', (_what, delivery) => {
    const loginUrl = 'https://shop.example.com/login';
    expect(buildLoginRedirect(loginUrl, APP, delivery, false)).toBeUndefined();
  });

  test('takes http on *.localhost only for a local backend', () => {
    const local = { loginUrl: 'http://shop.localhost:3000/login', origins: [] };
    expect(buildLoginRedirect(local.loginUrl, local, token, false)).toBeUndefined();
    expect(buildLoginRedirect(local.loginUrl, local, token, true)).toBe(
      'http://shop.localhost:3000/login?session_transfer_token=a+b%26c%3Dd',
    );
  });
});
