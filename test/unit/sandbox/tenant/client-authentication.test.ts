import { describe, expect, test } from 'vitest';
import { post } from './fixture-browser.ts';
import { AGENTS_ORIGIN, CANONICAL_ORIGIN } from './fixture-seed.ts';
import { fixtureTenant } from './fixture-tenant.ts';

describe('client authentication', () => {
  const asking = { grant_type: 'client_credentials', audience: `${CANONICAL_ORIGIN}/api/v2/` };
  const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` });
  const ask = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
    post(fixtureTenant(), `${AGENTS_ORIGIN}/oauth/token`, { ...asking, ...parameters }, headers);

  test('by post and by basic', async () => {
    const byPost = await ask({ client_id: 'machine', client_secret: 'secret-of-machine' });
    expect(byPost.status).toBe(200);
    expect((await ask({}, basic('machine:secret-of-machine'))).status).toBe(200);
  });

  test.each([
    ['an unknown client', { client_id: 'nobody', client_secret: 'x' }, {}],
    ['a wrong secret', { client_id: 'machine', client_secret: 'x' }, {}],
    ['no secret', { client_id: 'machine' }, {}],
    ['a wrong basic secret', {}, basic('machine:x')],
    ['a malformed header', {}, { authorization: 'Bearer x' }],
    ['a public client with a secret', { client_id: 'extension', client_secret: 'x' }, {}],
  ])('refuses %s', async (_, parameters, headers) => {
    const { status, body } = await ask(parameters, headers);
    expect(status).toBe(401);
    expect(body['error']).toBe('invalid_client');
  });

  test('refuses two ways at once, and none', async () => {
    const both = await ask({ client_secret: 'x' }, basic('machine:secret-of-machine'));
    expect(both.body['error']).toBe('invalid_request');
    expect((await ask({})).body['error']).toBe('invalid_request');
  });
});

describe('client credentials', () => {
  const ask = (parameters: Record<string, string | undefined>) =>
    post(fixtureTenant(), `${AGENTS_ORIGIN}/oauth/token`, {
      grant_type: 'client_credentials',
      client_id: 'machine',
      client_secret: 'secret-of-machine',
      audience: `${CANONICAL_ORIGIN}/api/v2/`,
      ...parameters,
    });

  test('give the scopes of the grant, or the ones among them that were asked for', async () => {
    expect((await ask({})).body['scope']).toBe(
      'read:clients read:connections read:users read:logs update:clients',
    );
    expect((await ask({ scope: 'read:users delete:users' })).body['scope']).toBe('read:users');
  });

  test.each([
    ['an unknown audience', { audience: 'https://nobody.example' }, 403],
    ['no audience', { audience: undefined }, 400],
    [
      'a client without the grant type',
      { client_id: 'shop', client_secret: 'secret-of-shop' },
      400,
    ],
    ['an unknown grant type', { grant_type: 'password' }, 400],
  ])('are refused for %s', async (_, parameters, status) => {
    expect((await ask(parameters)).status).toBe(status);
  });
});
