import { describe, expect, it } from 'vitest';
import { CUSTOMER, customerId } from '../fixtures.ts';
import { createAppFixture } from './app-fixture.ts';

const PREVIEW = { customerId: 'auth0|nora', targetAppId: 'shop' };

describe('reading customers', () => {
  it.each<[string, object]>([
    ['/v1/customers?q=nora', { searches: 1, seen: ['auth0|nora'], opened: [] }],
    ['/v1/customers?ids=auth0|nora', { searches: 0, seen: ['auth0|nora'], opened: [] }],
    [
      '/v1/customers/by-record?email=nora@customers.example',
      { searches: 1, seen: ['auth0|nora'], opened: [] },
    ],
    ['/v1/customers/auth0%7Cnora', { searches: 0, opened: ['auth0|nora'] }],
  ])('by %s is counted', async (path, counted) => {
    const { call, reads } = createAppFixture();
    expect((await call(path, { as: 'sam' })).status).toBe(200);
    expect(await reads()).toMatchObject([{ agentId: 'auth0|agent', ...counted }]);
  });

  it('by a preview is counted as opening the customer', async () => {
    const { post, reads } = createAppFixture();
    expect((await post('/v1/launches/preview', PREVIEW)).status).toBe(200);
    expect(await reads()).toMatchObject([{ opened: ['auth0|nora'] }]);
  });

  it.each([
    '/v1/customers?q=x',
    '/v1/customers/by-record?email=nobody',
    '/v1/customers/auth0%7Cnobody',
  ])('is not counted where %s shows nobody', async (path) => {
    const { call, reads } = createAppFixture();
    await call(path, { as: 'sam' });
    expect(await reads()).toEqual([]);
  });

  it.each([
    '/v1/customers?q=nora',
    '/v1/customers?ids=auth0|nora',
    '/v1/customers/by-record?email=nora@customers.example',
    '/v1/customers/auth0%7Cnora',
  ])('by %s is refused at the ceiling, which the metrics count', async (path) => {
    const many = ['a', 'b', 'c'].map((id) => ({ ...CUSTOMER, id: customerId(`auth0|${id}`) }));
    const { call, post, metrics } = createAppFixture({
      customers: {
        search: async () => ({ customers: many, fields: ['name'], more: false }),
        findByIds: async () => many,
        findByKey: async () => many,
        load: async () => CUSTOMER,
      },
    });
    await call('/v1/customers?q=nora', { as: 'sam' });
    const { status, body } = await call(path, { as: 'sam' });
    expect([status, body.code]).toEqual([429, 'read_limit_reached']);
    expect((await post('/v1/launches/preview', PREVIEW)).body.code).toBe('read_limit_reached');
    expect(await metrics.registry.metrics()).toContain(
      'understudy_refusals_total{code="read_limit_reached"} 2',
    );
  });
});

describe('exporting the ledger', () => {
  it('leaves a row of its own', async () => {
    const { call, entries } = createAppFixture();
    await call('/v1/ledger', { as: 'supervisor' });
    expect(entries).toMatchObject([
      { type: 'ledger_exported', agentId: 'auth0|supervisor', agentIp: '203.0.113.7' },
    ]);
  });
});
