import { describe, expect, it } from 'vitest';
import { LedgerUnavailableError } from '../../../../src/backend/ports/ledger.ts';
import { TenantUnavailableError } from '../../../../src/backend/ports/tenant-errors.ts';
import { LAUNCH, REQUEST } from '../fixtures.ts';
import { createAppFixture } from './app-fixture.ts';

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
