import { describe, expect, it } from 'vitest';
import { LedgerUnavailableError } from '../../../../src/backend/ports/ledger.ts';
import { TenantUnavailableError } from '../../../../src/backend/ports/tenant-errors.ts';
import { APP, CUSTOMER, LAUNCH, REQUEST } from '../fixtures.ts';

import { CRM, createAppFixture } from './app-fixture.ts';

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

describe('GET /v1/me', () => {
  it('names the agent and what a launch must carry', async () => {
    const { call } = createAppFixture();
    expect((await call('/v1/me', { as: 'sam' })).body).toEqual({
      agent: { sub: 'auth0|agent', name: 'Sam', email: 'sam@example.com' },
      permissions: ['impersonate:customers', 'read:customers'],
      policy: {
        reason: { required: true, minLength: 5 },
        ticket: { required: false, pattern: '^[A-Z]+-[0-9]+$' },
      },
      recordPatterns: [CRM],
    });
  });
});

describe('GET /v1/target-apps', () => {
  it('keeps the connections to itself', async () => {
    const { call } = createAppFixture();
    const { body } = await call('/v1/target-apps', { as: 'sam' });
    const { connections: _connections, ...app } = APP;
    expect(body).toEqual({ targetApps: [app] });
  });
});

describe('GET /v1/customers', () => {
  it('without permission is refused and recorded', async () => {
    const { call, entries } = createAppFixture();
    const { status, body } = await call('/v1/customers?q=nora', { as: 'trainee' });
    expect([status, body.code]).toEqual([403, 'permission_denied']);
    expect(entries).toMatchObject([
      { type: 'request_refused', agentId: 'auth0|trainee', code: 'permission_denied' },
    ]);
  });

  it.each([
    'q=n',
    'q=',
    '',
    'q=%20n%20%20',
    `q=${'x'.repeat(101)}`,
    'q=nora&limit=0',
    'q=nora&limit=51',
    'q=nora&limit=x',
    'ids=',
    `ids=${'a,'.repeat(60)}a`,
  ])('with "%s" is refused clearly', async (query) => {
    const { call } = createAppFixture();
    const { status, body } = await call(`/v1/customers?${query}`, { as: 'sam' });
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    expect(body.detail).toMatch(/characters|limit|ids/);
  });

  it('finds by term and by ids', async () => {
    const { call } = createAppFixture();
    const { body } = await call('/v1/customers?q=nora', { as: 'sam' });
    expect(body.customers[0]).toMatchObject({ id: 'auth0|nora', name: 'Nora Lindqvist' });
    expect((await call('/v1/customers?ids=auth0|nora', { as: 'sam' })).body.customers).toHaveLength(
      1,
    );
  });

  it('gives one with organizations and reachable apps, without roles', async () => {
    const { call } = createAppFixture();
    expect((await call('/v1/customers/auth0%7Cnora', { as: 'sam' })).body).toEqual({
      id: 'auth0|nora',
      name: 'Nora Lindqvist',
      email: 'nora@customers.example',
      emailVerified: true,
      connection: 'customers',
      organizations: [{ id: 'org_1', name: 'acme', displayName: 'Acme' }],
      targetAppIds: ['shop'],
    });
  });

  it('resolves a record, saying what was tried', async () => {
    const { call } = createAppFixture();
    const url = encodeURIComponent('https://crm.example/customers/auth0%7Cnora');
    const { body } = await call(`/v1/customers/by-record?url=${url}`, { as: 'sam' });
    expect(body.customers).toMatchObject([{ id: 'auth0|nora' }]);
    expect(body.tried).toEqual({ key: 'user_id', system: 'CRM' });
  });

  it.each([
    '',
    '?url=https://evil.example/customers/x',
    '?url=<script>&email=a@b',
    '?email=<b>x</b>',
  ])('refuses the record "%s" without repeating it', async (query) => {
    const { call } = createAppFixture();
    const { status, text } = await call(`/v1/customers/by-record${query}`, { as: 'sam' });
    expect(status).toBe(400);
    expect(text).not.toMatch(/[<>]|evil/);
  });

  it('does not resolve a record for somebody without permission', async () => {
    const { call } = createAppFixture();
    expect(
      (await call('/v1/customers/by-record?email=a@b.example', { as: 'trainee' })).status,
    ).toBe(403);
  });

  it('does not show who is not a customer', async () => {
    const { deps } = createAppFixture();
    const staff = { ...CUSTOMER, connection: 'staff' };
    const { call } = createAppFixture({
      customers: { ...deps.customers, load: async () => staff },
    });
    expect((await call('/v1/customers/auth0%7Cnora', { as: 'sam' })).status).toBe(404);
  });

  it('does not know somebody who does not exist', async () => {
    const { call } = createAppFixture();
    const { status, body } = await call('/v1/customers/auth0%7Cnobody', { as: 'sam' });
    expect([status, body.code]).toEqual([404, 'customer_not_found']);
  });
});

describe('POST /v1/launches', () => {
  it('answers an allowed one with 201', async () => {
    const { post } = createAppFixture();
    const { status, body } = await post('/v1/launches', REQUEST);
    expect([status, body.sessionTransferToken]).toEqual([201, 'secret-token']);
  });

  it('answers the same id again with 409 and no data', async () => {
    const { post } = createAppFixture();
    await post('/v1/launches', REQUEST);
    const { status, body, text } = await post('/v1/launches', REQUEST);
    expect([status, body.code]).toEqual([409, 'launch_already_requested']);
    expect(text).not.toMatch(/nora|shop|auth0|secret-token/i);
  });

  it.each([
    ['malformed JSON', '{"id":', 400],
    ['nothing', '', 400],
    ['an array', '[]', 400],
    ['null', 'null', 400],
    ['a field that is not known', JSON.stringify({ ...REQUEST, admin: true }), 400],
    ['an id that is no UUID', JSON.stringify({ ...REQUEST, id: '1' }), 400],
    ['a customer that is no text', JSON.stringify({ ...REQUEST, customerId: { $ne: 1 } }), 400],
    ['a reason without end', JSON.stringify({ ...REQUEST, reason: 'x'.repeat(1001) }), 400],
    ['ten megabytes', JSON.stringify({ ...REQUEST, reason: 'x'.repeat(10_000_000) }), 413],
  ])('refuses %s, and records it', async (_name, body, status) => {
    const { post, entries, askTenant } = createAppFixture();
    const answer = await post('/v1/launches', body);
    expect([answer.status, answer.body.code]).toEqual([status, 'invalid_request']);
    expect(entries).toMatchObject([{ type: 'request_refused', code: 'invalid_request' }]);
    expect(askTenant).not.toHaveBeenCalled();
  });

  it('refuses ten megabytes that come without a length', async () => {
    const { call, entries } = createAppFixture();
    const chunk = new TextEncoder().encode('x'.repeat(100_000));
    let sent = 0;
    const body = new ReadableStream({
      pull: (controller) => {
        sent += 1;
        if (sent > 100) {
          controller.close();
        } else {
          controller.enqueue(chunk);
        }
      },
    });
    const init = { method: 'POST', as: 'sam', body, duplex: 'half' } as RequestInit;
    const headers = { 'content-type': 'application/json' };
    expect((await call('/v1/launches', { ...init, headers })).status).toBe(413);
    expect(sent).toBeLessThan(10);
    expect(entries).toHaveLength(1);
  });

  it('refuses a form, as a web page could send', async () => {
    const { call } = createAppFixture();
    const headers = { 'content-type': 'text/plain' };
    const init = { method: 'POST', as: 'sam', headers, body: JSON.stringify(REQUEST) };
    expect((await call('/v1/launches', init)).status).toBe(400);
  });

  it('beyond the rate is refused before anything is recorded', async () => {
    const { post, entries, rate } = createAppFixture();
    rate.left = 0;
    const { status, body, response } = await post('/v1/launches', '{');
    expect([status, body.code]).toEqual([429, 'rate_limited']);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(entries).toEqual([]);
  });

  it('does not repeat what it refuses', async () => {
    const { post } = createAppFixture();
    const { text } = await post('/v1/launches', { ...REQUEST, '<img src=x>': '<script>' });
    expect(text).not.toContain('<');
  });

  it.each([
    ['10.0.0.7', ['agent_address_private']],
    ['203.0.113.7', []],
  ])('from %s warns %j', async (address, warnings) => {
    const warned: string[] = [];
    const { deps } = createAppFixture();
    const log = { ...deps.log, warn: (event: string) => warned.push(event) };
    const { post } = createAppFixture({ log }, address);
    await post('/v1/launches', REQUEST);
    expect(warned).toEqual(warnings);
  });

  it('without the ledger is 503 and gives no token', async () => {
    const { deps } = createAppFixture();
    const advance = () => Promise.reject(new LedgerUnavailableError('disk gone'));
    const { post } = createAppFixture({ ledger: { ...deps.ledger, advance } });
    const { status, body, text } = await post('/v1/launches', REQUEST);
    expect([status, body.code]).toEqual([503, 'ledger_unavailable']);
    expect(text).not.toContain('secret-token');
  });

  it('whose access token cannot be verified now is 503', async () => {
    const { deps } = createAppFixture();
    const customers = {
      ...deps.customers,
      search: () => Promise.reject(new TenantUnavailableError('timeout')),
    };
    const { call } = createAppFixture({ customers });
    const { status, body } = await call('/v1/customers?q=nora', { as: 'sam' });
    expect([status, body.code]).toEqual([503, 'tenant_unavailable']);
  });
});

describe('launches', () => {
  const event = { type: 'opened', occurredAt: '2026-03-01T12:00:01Z' };

  it('take events from their owner only', async () => {
    const { post } = createAppFixture();
    await post('/v1/launches', REQUEST);
    const path = `/v1/launches/${LAUNCH}/events`;
    expect((await post(path, event)).body.state).toBe('opened');
    expect((await post(path, event, 'supervisor')).status).toBe(404);
    expect((await post(path, event, 'trainee')).status).toBe(404);
  });

  it('are ended by their owner, and by nobody without the permission', async () => {
    const { post } = createAppFixture();
    await post('/v1/launches', REQUEST);
    const path = `/v1/launches/${LAUNCH}/end`;
    expect((await post(path, {}, 'supervisor')).status).toBe(404);
    const { status, body } = await post(path, {});
    expect([status, body.launch.state, body.launch.cause]).toEqual([200, 'ended', 'agent']);
  });

  it('that did not land come back with a diagnosis', async () => {
    const { post } = createAppFixture();
    await post('/v1/launches', REQUEST);
    const { body } = await post(`/v1/launches/${LAUNCH}/events`, { ...event, type: 'not_landed' });
    expect([body.state, body.diagnosis.cause]).toEqual(['not_landed', 'existing_session']);
  });

  it('refuse an event that cannot follow', async () => {
    const { post } = createAppFixture();
    await post('/v1/launches', REQUEST);
    const path = `/v1/launches/${LAUNCH}/events`;
    await post(path, { ...event, type: 'ended' });
    expect((await post(path, event)).status).toBe(409);
  });

  it.each([
    { ...event, seen: { origin: 'https://shop.example/login?session_transfer_token=x' } },
    { ...event, seen: { origin: 'https://shop.example', error: 'access denied <b>' } },
    { ...event, seen: { origin: 'https://user:pass@shop.example' } },
    { ...event, seen: { origin: 'https://shop.example/' } },
    { ...event, seen: { origin: 'https://shop.example', error: 'tok3n-LIKE_this' } },
    { ...event, type: 'ended', cause: 'supervisor' },
    { ...event, url: 'https://shop.example' },
    { ...event, type: 'confirmed' },
  ])('refuse the event %j, and record that', async (body) => {
    const { post, entries } = createAppFixture();
    await post('/v1/launches', REQUEST);
    expect((await post(`/v1/launches/${LAUNCH}/events`, body)).status).toBe(400);
    expect(entries.map(({ type }) => type)).toEqual([
      'launch_requested',
      'launch_issued',
      'request_refused',
    ]);
  });

  it('are shown to their owner and to readers of all', async () => {
    const { post, call } = createAppFixture();
    await post('/v1/launches', REQUEST);
    const statusFor = async (as: string) => (await call(`/v1/launches/${LAUNCH}`, { as })).status;
    expect(await statusFor('sam')).toBe(200);
    expect(await statusFor('supervisor')).toBe(200);
    expect(await statusFor('trainee')).toBe(404);
    const countFor = async (as: string) =>
      (await call('/v1/launches?state=active', { as })).body.launches.length;
    expect(await countFor('sam')).toBe(1);
    expect(await countFor('supervisor')).toBe(1);
    expect(await countFor('trainee')).toBe(0);
  });

  it('are recorded as read when they are somebody else’s, alone and in a list', async () => {
    const { post, call, entries } = createAppFixture();
    await post('/v1/launches', REQUEST);
    await call(`/v1/launches/${LAUNCH}`, { as: 'sam' });
    await call('/v1/launches', { as: 'sam' });
    expect(entries.map(({ type }) => type)).not.toContain('launches_read');
    await call('/v1/launches', { as: 'supervisor' });
    await call(`/v1/launches/${LAUNCH}`, { as: 'supervisor' });
    expect(entries.filter(({ type }) => type === 'launches_read')).toMatchObject([
      { agentId: 'auth0|supervisor', launchIds: [LAUNCH] },
    ]);
  });

  it('of others are not shown when that cannot be recorded', async () => {
    const { deps } = createAppFixture();
    const record = () => Promise.reject(new LedgerUnavailableError('disk gone'));
    const { post, call } = createAppFixture({ ledger: { ...deps.ledger, record } });
    await post('/v1/launches', REQUEST);
    const { status, body } = await call(`/v1/launches/${LAUNCH}`, { as: 'supervisor' });
    expect([status, body.code]).toEqual([503, 'ledger_unavailable']);
  });

  it('never show a token', async () => {
    const { post, call } = createAppFixture();
    await post('/v1/launches', REQUEST);
    expect((await call('/v1/launches', { as: 'sam' })).text).not.toContain('secret-token');
  });

  it('whose id is no UUID are unknown', async () => {
    const { call } = createAppFixture();
    expect((await call('/v1/launches/1%27%3B--', { as: 'sam' })).status).toBe(404);
  });
});

describe('GET /v1/ledger', () => {
  it('is for readers of the ledger only', async () => {
    const { call, entries } = createAppFixture();
    expect((await call('/v1/ledger', { as: 'sam' })).status).toBe(403);
    expect(entries).toMatchObject([{ type: 'request_refused', code: 'permission_denied' }]);
  });

  it('is one row a line, the last of which says that it was exported', async () => {
    const { call, post } = createAppFixture();
    await post('/v1/launches', REQUEST);
    const { text, response } = await call('/v1/ledger', { as: 'supervisor' });
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(JSON.parse(line).content).type),
    ).toEqual(['launch_requested', 'launch_issued', 'ledger_exported']);
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
