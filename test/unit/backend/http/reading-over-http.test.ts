import { describe, expect, it } from 'vitest';
import { APP, CUSTOMER, REQUEST } from '../fixtures.ts';
import { CRM, createAppFixture } from './app-fixture.ts';

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
