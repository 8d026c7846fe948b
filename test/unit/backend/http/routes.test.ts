import { describe, expect, it } from 'vitest';
import { OPERATIONS, type Operation } from '../../../../src/backend/http/operations.ts';
import { createAppFixture } from './app-fixture.ts';

const operations = Object.values<Operation>(OPERATIONS);
const filled = ({ path }: Operation) => path.replace(/\{\w+\}/g, 'x');

describe('the routes for agents', () => {
  it('are those of the table of operations, and no others', () => {
    const { app } = createAppFixture();
    const registered = app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/v1/'))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    const declared = operations
      .filter(({ path }) => path.startsWith('/v1/'))
      .map(({ method, path }) => `${method} ${path}`);
    expect(registered.toSorted()).toEqual(declared.toSorted());
  });

  it.each(operations.filter(({ access }) => access !== 'public'))(
    '$method $path needs an access token',
    async (operation) => {
      const { call } = createAppFixture();
      const { status } = await call(filled(operation), { method: operation.method });
      expect(status).toBe(401);
    },
  );

  it.each(operations.filter(({ access }) => access !== 'public' && access !== 'agent'))(
    '$method $path is refused without the permission $access, and that is recorded',
    async ({ request, ...operation }) => {
      const { call, post, entries } = createAppFixture();
      const customer = { customerId: 'auth0|nora' };
      const preview = { ...customer, targetAppId: 'shop' };
      const bodies: Readonly<Record<string, object>> = {
        '/v1/launches': { ...preview, id: crypto.randomUUID() },
        '/v1/erasures': customer,
      };
      const answer =
        operation.method === 'POST'
          ? await post(filled(operation), bodies[operation.path] ?? preview, 'trainee')
          : await call(filled(operation), { as: 'trainee' });
      expect([answer.status, answer.body.code]).toEqual([403, 'permission_denied']);
      expect(entries).toMatchObject([{ code: 'permission_denied' }]);
    },
  );

  it.each(operations.filter(({ access }) => access !== 'public'))(
    '$method $path has a limit for each agent',
    async (operation) => {
      const { call, rate } = createAppFixture();
      rate.left = 0;
      const { status } = await call(filled(operation), { method: operation.method, as: 'sam' });
      expect(status).toBe(429);
    },
  );
});

describe('POST /v1/launches/preview', () => {
  const REQUESTED = { customerId: 'auth0|nora', targetAppId: 'shop' };

  it('says what a launch still needs', async () => {
    const { post } = createAppFixture();
    const { status, body } = await post('/v1/launches/preview', REQUESTED);
    expect([status, body]).toEqual([
      200,
      {
        grant: { mode: 'full', minutes: 120 },
        needs: ['reason'],
        policies: ['built-in'],
        policyHash: 'built-in',
      },
    ]);
  });

  it('explains a refusal by its code, without anything about the customer, and with the request’s id', async () => {
    const { post } = createAppFixture();
    const { body } = await post('/v1/launches/preview', { ...REQUESTED, targetAppId: 'other' });
    expect(body.refusal).toEqual({
      code: 'target_app_unavailable',
      title: 'This app is not open to delegation',
      detail: 'This app is not open to delegation.',
      action: 'Choose another app, or ask the platform team to allow delegated access on it.',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});

describe('POST /v1/own-sessions', () => {
  it('records which app the agent opened as themselves', async () => {
    const { post, entries } = createAppFixture();
    const { status, body } = await post('/v1/own-sessions', { targetAppId: 'shop' });
    expect([status, body]).toEqual([201, { recorded: true }]);
    expect(entries).toMatchObject([
      { type: 'own_session', agentId: 'auth0|agent', targetAppId: 'shop' },
    ]);
  });
});
