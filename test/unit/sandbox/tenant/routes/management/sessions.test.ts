import { describe, expect, test } from 'vitest';
import type { UndocumentedChoices } from '../../../../../../src/sandbox/tenant/undocumented-choices.ts';
import { fixtureBrowser, locationOf } from '../../fixture-browser.ts';
import {
  logTypesOf,
  mint,
  redemption,
  sessionIdOf,
  signInAgent,
} from '../../fixture-delegation.ts';
import { fixtureManagement } from '../../fixture-management.ts';
import { CUSTOMERS_ORIGIN, nora, sam } from '../../fixture-seed.ts';
import { fixtureTenant } from '../../fixture-tenant.ts';

const OF_NORA = `/users/${encodeURIComponent(nora.user_id)}/sessions`;

/** Sam in a browser as Nora, at the Shop. */
const delegated = async (choices: Partial<UndocumentedChoices> = {}) => {
  const tenant = fixtureTenant({ choices });
  const browser = fixtureBrowser(tenant);
  const back = await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', await mint(tenant)));
  expect(locationOf(back).searchParams.has('code')).toBe(true);
  const entry = tenant.context.log.entries.find(({ type }) => type === 'sdel');
  const sessionId = sessionIdOf(entry);
  const call = fixtureManagement(tenant);
  const silently = async () => {
    const parameters = redemption('shop', undefined, { prompt: 'none' });
    return locationOf(await browser.authorize(CUSTOMERS_ORIGIN, parameters)).searchParams;
  };
  return { tenant, browser, call, sessionId, silently };
};

const listed = async (call: ReturnType<typeof fixtureManagement>, path: string) =>
  (await call('GET', path)).body as unknown as { sessions: { id: string }[]; next?: string };

describe('a delegated session', () => {
  test('is shown with its actor, its clients and its device', async () => {
    const { call, sessionId } = await delegated();
    const shown = await call('GET', `/sessions/${sessionId}`);
    expect(shown).toEqual({
      status: 200,
      body: {
        id: sessionId,
        user_id: nora.user_id,
        created_at: '2026-11-20T10:00:00.000Z',
        updated_at: '2026-11-20T10:00:00.000Z',
        authenticated_at: '2026-11-20T10:00:00.000Z',
        idle_expires_at: '2026-11-20T12:00:00.000Z',
        expires_at: '2026-11-20T12:00:00.000Z',
        last_interacted_at: '2026-11-20T10:00:00.000Z',
        device: {
          initial_user_agent: '',
          initial_ip: '198.51.100.7',
          initial_asn: '64512',
          last_user_agent: '',
          last_ip: '198.51.100.7',
          last_asn: '64512',
        },
        clients: [{ client_id: 'shop' }],
        authentication: { methods: [] },
        cookie: { mode: 'non-persistent' },
        actor: { sub: sam.user_id },
        session_metadata: {},
      },
    });
  });

  test('knows where it was last seen, and every client that signed on in it', async () => {
    const { tenant, call, sessionId, browser } = await delegated({
      delegatedSessionReach: 'suite',
    });
    tenant.wait(60);
    await browser.authorize(
      CUSTOMERS_ORIGIN,
      redemption('desk', undefined, { prompt: 'none', organization: 'org_nordwind' }),
    );
    const { body } = await call('GET', `/sessions/${sessionId}`);
    expect(body).toMatchObject({
      last_interacted_at: '2026-11-20T10:01:00.000Z',
      idle_expires_at: '2026-11-20T12:00:00.000Z',
      clients: [{ client_id: 'shop' }, { client_id: 'desk' }],
    });
  });

  test('is gone after two hours', async () => {
    const { tenant, call, sessionId } = await delegated();
    tenant.wait(7200);
    expect((await call('GET', `/sessions/${sessionId}`)).status).toBe(404);
    expect((await listed(call, OF_NORA)).sessions).toEqual([]);
  });
});

test('an ordinary session has a method, a persistent cookie and no actor', async () => {
  const tenant = fixtureTenant();
  await signInAgent(tenant);
  const { sessions } = await listed(
    fixtureManagement(tenant),
    `/users/${encodeURIComponent(sam.user_id)}/sessions`,
  );
  expect(sessions).toMatchObject([
    {
      user_id: sam.user_id,
      cookie: { mode: 'persistent' },
      clients: [{ client_id: 'extension' }],
      authentication: { methods: [{ name: 'pwd', timestamp: '2026-11-20T10:00:00.000Z' }] },
    },
  ]);
  expect(sessions[0]).not.toHaveProperty('actor');
});

describe('the list of a user’s sessions', () => {
  test('goes on from a checkpoint, the newest first', async () => {
    const { tenant, call, sessionId } = await delegated();
    const second = fixtureBrowser(tenant);
    await second.authorize(CUSTOMERS_ORIGIN, redemption('shop', await mint(tenant)));
    const all = await listed(call, OF_NORA);
    expect(all.sessions.map(({ id }) => id).at(-1)).toBe(sessionId);
    const first = await listed(call, `${OF_NORA}?take=1`);
    expect(first.next).toBe(sessionId);
    const rest = await listed(call, `${OF_NORA}?take=1&from=${first.next}`);
    expect(rest.sessions.map(({ id }) => id)).toEqual([sessionId]);
    expect(rest.next).toBeUndefined();
  });

  test.each(['take=0', 'take=101', 'take=x', 'from=nowhere'])('refuses %s', async (query) => {
    const { call } = await delegated();
    expect((await call('GET', `${OF_NORA}?${query}`)).status).toBe(400);
  });

  test('does not exist for an unknown user', async () => {
    const call = fixtureManagement(fixtureTenant());
    expect((await call('GET', '/users/nobody/sessions')).status).toBe(404);
    expect((await call('DELETE', '/users/nobody/sessions')).status).toBe(404);
  });
});

describe('deleting a session', () => {
  test('is answered at once and done a moment later', async () => {
    const { tenant, call, sessionId, silently } = await delegated({
      sessionDeletionDelayInMilliseconds: 500,
    });
    expect(await call('DELETE', `/sessions/${sessionId}`)).toEqual({ status: 202, body: {} });
    tenant.wait(0.499);
    await tenant.settle();
    expect((await call('GET', `/sessions/${sessionId}`)).status).toBe(200);
    tenant.wait(0.001);
    await tenant.settle();
    expect((await call('GET', `/sessions/${sessionId}`)).status).toBe(404);
    expect((await silently()).get('error')).toBe('login_required');
  });

  test('is in the log with who asked for it', async () => {
    const { tenant, call, sessionId } = await delegated();
    await call('DELETE', `/sessions/${sessionId}`);
    expect(tenant.context.log.entries.at(-1)).toMatchObject({
      type: 'sapi',
      description: 'Delete session',
      client_id: 'operator',
      details: { session_id: sessionId },
    });
  });

  test('lets the next delegation in', async () => {
    const { tenant, call, sessionId, browser } = await delegated();
    await call('DELETE', `/sessions/${sessionId}`);
    tenant.wait(1);
    await tenant.settle();
    const next = await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', await mint(tenant)));
    expect(locationOf(next).searchParams.has('code')).toBe(true);
  });

  test('leaves other sessions of the user alone, unless all are meant', async () => {
    const { tenant, call, sessionId } = await delegated();
    const other = fixtureBrowser(tenant);
    await other.authorize(CUSTOMERS_ORIGIN, redemption('shop', await mint(tenant)));
    await call('DELETE', `/sessions/${sessionId}`);
    tenant.wait(1);
    await tenant.settle();
    expect((await listed(call, OF_NORA)).sessions).toHaveLength(1);
    expect((await call('DELETE', OF_NORA)).status).toBe(202);
    tenant.wait(1);
    await tenant.settle();
    expect((await listed(call, OF_NORA)).sessions).toEqual([]);
  });

  test.each([202, 404] as const)('that does not exist is %s by choice', async (status) => {
    const { tenant, call } = await delegated({ unknownSessionDeletionStatus: status });
    const before = logTypesOf(tenant).length;
    expect((await call('DELETE', '/sessions/nobody')).status).toBe(status);
    expect(logTypesOf(tenant).slice(before)).toEqual(['seccft']);
  });
});

describe('the session endpoints', () => {
  const requests: [string, string][] = [
    ['GET', OF_NORA],
    ['DELETE', OF_NORA],
    ['GET', '/sessions/x'],
    ['DELETE', '/sessions/x'],
  ];

  test.each(requests)('want their scope: %s %s', async (method, path) => {
    const answer = await fixtureManagement(fixtureTenant(), 'machine')(method, path);
    expect(answer).toMatchObject({ status: 403, body: { errorCode: 'insufficient_scope' } });
  });

  test.each(requests)('are not in every plan: %s %s', async (method, path) => {
    const tenant = fixtureTenant();
    tenant.context.conditions.sessionsInPlan = false;
    const answer = await fixtureManagement(tenant)(method, path);
    expect(answer).toMatchObject({ status: 403, body: { errorCode: 'feature_not_enabled' } });
  });

  test('say so in the code that the choice names', async () => {
    const tenant = fixtureTenant({ choices: { sessionsNotInPlanCode: 'insufficient_scope' } });
    tenant.context.conditions.sessionsInPlan = false;
    const answer = await fixtureManagement(tenant)('GET', '/sessions/x');
    expect(answer.body).toMatchObject({ statusCode: 403, errorCode: 'insufficient_scope' });
  });
});
