import { describe, expect, it } from 'vitest';
import { createAppFixture } from './app-fixture.ts';

const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';

describe('without a valid access token', () => {
  it.each([
    ['/v1/me', {}],
    ['/v1/customers?q=nora', {}],
    ['/v1/launches', { method: 'POST' }],
    ['/v1/ledger', {}],
    ['/v1/me', { headers: { authorization: 'Basic c2FtOng=' } }],
    ['/v1/me', { as: 'nobody' }],
    ['/v1/me?access_token=sam', {}],
  ])('%s with %j is 401', async (path, init) => {
    const { call, entries } = createAppFixture();
    const { status, body, response } = await call(path, init);
    expect([status, body.code]).toEqual([401, 'unauthenticated']);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(entries).toEqual([]);
  });

  it('an overlong one is not even verified', async () => {
    const { call } = createAppFixture();
    expect((await call('/v1/me', { as: 'x'.repeat(20_000) })).status).toBe(401);
  });
});

describe('every answer', () => {
  it.each(['/v1/me', '/.well-known/understudy', '/nothing'])(
    'of %s forbids storing and sets no cookie',
    async (path) => {
      const { call } = createAppFixture();
      const { response } = await call(path, { as: 'sam' });
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  it('to a refusal is a problem document with a request id', async () => {
    const { call } = createAppFixture();
    const { response, body } = await call('/nothing', { as: 'sam' });
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(body).toEqual({
      type: 'urn:understudy:problem:invalid_request',
      status: 404,
      code: 'invalid_request',
      title: 'The request was not understood',
      detail: 'There is nothing here.',
      action: 'Update the extension. If it repeats, give the request id to the platform team.',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});

describe('origins', () => {
  it('of the configured extension get CORS without credentials', async () => {
    const { call } = createAppFixture();
    const { response } = await call('/v1/me', { as: 'sam', headers: { origin: EXTENSION } });
    expect(response.headers.get('access-control-allow-origin')).toBe(EXTENSION);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('of Firefox extensions are known by shape', async () => {
    const { call } = createAppFixture();
    const origin = 'moz-extension://0b8f1c9e-1111-4222-8333-444455556666';
    const { response } = await call('/v1/me', { as: 'sam', headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  });

  it.each([
    'https://crm.example',
    'null',
    'chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba',
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop.evil.example',
    'moz-extension://evil',
    'http://localhost:3000',
  ])('like %s get nothing', async (origin) => {
    const { call } = createAppFixture();
    for (const path of ['/v1/me', '/.well-known/understudy']) {
      const { response, status } = await call(path, { as: 'sam', headers: { origin } });
      expect(status).toBe(403);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('lets an extension call for two hours without asking again', async () => {
    const { call } = createAppFixture();
    const headers = { origin: EXTENSION, 'access-control-request-method': 'POST' };
    const { response } = await call('/v1/launches', { method: 'OPTIONS', headers });
    expect(response.headers.get('access-control-max-age')).toBe('7200');
  });

  it('are not allowed by a preflight of a web page', async () => {
    const { call } = createAppFixture();
    const headers = { origin: 'https://crm.example', 'access-control-request-method': 'POST' };
    const { response } = await call('/v1/launches', { method: 'OPTIONS', headers });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('what needs no token', () => {
  it('is discovery, health, readiness and the API’s description', async () => {
    const { call } = createAppFixture();
    expect((await call('/.well-known/understudy')).body.audience).toBe(
      'https://understudy.example.com',
    );
    expect((await call('/healthz')).body).toEqual({ status: 'ok' });
    expect((await call('/readyz')).body).toEqual({ status: 'ready' });
    const { body } = await call('/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths['/v1/launches'])).toEqual(['post', 'get']);
  });

  it.each(['shutting_down', 'ledger_unavailable', 'tenant_unverified'] as const)(
    'say so when the backend is not ready: %s',
    async (readiness) => {
      const { call, state } = createAppFixture();
      state.readiness = readiness;
      expect(await call('/readyz')).toMatchObject({ status: 503, body: { status: readiness } });
      expect((await call('/healthz')).status).toBe(200);
    },
  );
});
