import { describe, expect, test } from 'vitest';
import { agentIdSchema, customerIdSchema } from '../../../../../src/contract/ids.ts';
import { createRecents } from '../../../../../src/extension/background/customers/recents.ts';
import { createLaunches } from '../../../../../src/extension/background/launch-state/launches.ts';
import { createSignInStatus } from '../../../../../src/extension/background/sign-in/sign-in-status.ts';
import { createSnapshotSource } from '../../../../../src/extension/background/views/snapshot-source.ts';
import type { Managed } from '../../../../../src/extension/messages/set-up/managed-settings.ts';
import { type Leftover, snapshotSchema } from '../../../../../src/extension/messages/snapshot.ts';
import { BACKEND, memoryArea } from '../fakes.ts';
import { launchRecord, SECOND_LAUNCH_ID } from '../launch-examples.ts';

const TOKENS = {
  backendOrigin: BACKEND.origin,
  sub: 'auth0|agent',
  accessToken: 'at-secret',
  accessTokenExpiresAt: 1,
  idToken: 'id-secret',
  idTokenReceivedAt: 1,
  refreshToken: 'rt-secret',
};
const PROFILE = {
  me: {
    agent: { sub: agentIdSchema.parse('auth0|agent'), name: 'Ada', email: 'ada@acme.example' },
    permissions: [],
    policy: { reason: { required: true, minLength: 1 }, ticket: { required: false } },
    recordPatterns: [],
  },
  targetApps: [],
  loadedAt: 0,
};
const MARA = {
  id: customerIdSchema.parse('auth0|mara'),
  name: 'Mara Lindqvist',
  email: 'mara@globex.example',
  emailVerified: true,
  connection: 'db',
};

const snapshotOf = (
  stored: Record<string, unknown>,
  signedIn = true,
  leftovers: readonly Leftover[] = [],
  managed: Managed = { wrong: [] },
) => {
  const session = memoryArea(stored);
  const local = memoryArea({
    recents: {
      agentId: 'auth0|agent',
      pairs: [
        { customerId: 'auth0|mara', targetAppId: 'shop' },
        { customerId: 'auth0|gone', targetAppId: 'shop' },
      ],
    },
  });
  const now = () => Date.parse('2026-11-20T13:00:00.000Z');
  return createSnapshotSource({
    session,
    setting: {
      origin: async () => ({ origin: BACKEND.origin, managed: false }),
      remembered: async () => BACKEND,
    },
    managed: async () => managed,
    tokens: { read: async () => (signedIn ? TOKENS : undefined) },
    profile: { read: async () => PROFILE, problem: async () => undefined },
    directory: {
      known: async () => new Map([[MARA.id, MARA]]),
      gone: async () => new Set(['auth0|gone']),
    },
    launches: createLaunches({
      session,
      findApp: async () => undefined,
      now,
      onChange: () => undefined,
      onEnding: () => undefined,
    }),
    leftovers: { all: async () => leftovers },
    setUp: { read: async () => ({ due: true, declined: false }) },
    prefills: { shown: async () => undefined },
    places: { read: async () => [{ app: 'shop', openIn: 'private_window' as const }] },
    recents: createRecents(local),
    account: { status: createSignInStatus(session) },
    now,
  })();
};

describe('the snapshot', () => {
  test('holds what a view needs, and no token', async () => {
    const snapshot = await snapshotOf({
      draft: { query: 'mar', customerId: 'auth0|mara', reason: 'x', ticket: '' },
    });
    expect(snapshotSchema.parse(snapshot)).toMatchObject({
      signIn: { state: 'signed_in' },
      draft: { query: 'mar' },
      draftCustomer: { name: 'Mara Lindqvist' },
      recents: [
        { customerId: 'auth0|mara', customer: { name: 'Mara Lindqvist' }, gone: false },
        { customerId: 'auth0|gone', gone: true },
      ],
    });
    expect(JSON.stringify(snapshot)).not.toContain('secret');
  });

  test('has only sessions that may be alive', async () => {
    const snapshot = await snapshotOf({
      launches: [
        launchRecord({ tabId: 7 }),
        launchRecord({ id: SECOND_LAUNCH_ID, state: 'ended' }),
      ],
    });
    expect(snapshot.sessions).toMatchObject([{ customerName: 'Mara Lindqvist' }]);
    expect(snapshot.sessions[0]).not.toHaveProperty('tabId');
  });

  test('shows nothing of customers to somebody who is not signed in', async () => {
    const snapshot = await snapshotOf(
      { draft: { query: 'mar', reason: 'x', ticket: '' }, launches: [launchRecord()] },
      false,
    );
    expect(JSON.stringify(snapshot)).not.toContain('mar');
    expect(snapshot).toMatchObject({ sessions: [], recents: [], signIn: { state: 'signed_out' } });
  });

  test.each([['text'], [null], [{ query: 1 }], [[{ id: 1 }]]])(
    'survives garbage in storage: %j',
    async (garbage) => {
      const snapshot = await snapshotOf({ draft: garbage, launches: garbage, signIn: garbage });
      expect(snapshot).toMatchObject({
        draft: { query: '', reason: '', ticket: '' },
        sessions: [],
        signIn: { state: 'signed_in', webSessionLeft: false },
      });
    },
  );

  test('has what the company set, also for somebody who is not signed in', async () => {
    const managed: Managed = { openIn: 'private_window', language: 'de', wrong: [] };
    expect((await snapshotOf({}, false, [], managed)).managed).toEqual(managed);
  });

  test('has nothing of a company that set nothing', async () => {
    expect(await snapshotOf({})).not.toHaveProperty('managed');
  });

  test('has what a company set wrongly', async () => {
    const managed: Managed = { wrong: [{ name: 'openIn', value: '"window"' }] };
    expect((await snapshotOf({}, true, [], managed)).managed).toEqual(managed);
  });

  test('has no set-up screen where the company declined its offers', async () => {
    expect((await snapshotOf({})).setUp).toEqual({ due: true, declined: false });
    const declined = await snapshotOf({}, true, [], { offersDeclined: true, wrong: [] });
    expect(declined.setUp).toEqual({ due: false, declined: true });
  });
});

describe('the launch that a snapshot tells of first', () => {
  const later = { id: SECOND_LAUNCH_ID, requestedAt: '2026-11-20T12:58:00.000Z' } as const;
  const endedAt = Date.parse('2026-11-20T12:59:00.000Z');
  const shownOf = async (...launches: readonly object[]) =>
    (await snapshotOf({ launches })).launch?.id;

  test('is an older one while it ends, and once it has ended', async () => {
    const ending = launchRecord({ ending: 'app', cause: 'agent' });
    expect(await shownOf(launchRecord(later), ending)).toBe(ending.id);
    const ended = launchRecord({ state: 'ended', cause: 'agent', endedAt });
    expect(await shownOf(launchRecord(later), ended)).toBe(ended.id);
  });

  test('is one under way before one that ends for it', async () => {
    const launching = launchRecord({ ...later, state: 'requested' });
    expect(await shownOf(launching, launchRecord({ ending: 'app', cause: 'replaced' }))).toBe(
      later.id,
    );
  });

  test('is one that failed just now before one that ended', async () => {
    const failed = launchRecord({ ...later, state: 'not_landed' });
    const ended = launchRecord({ state: 'ended', cause: 'agent', endedAt });
    expect(await shownOf(failed, ended)).toBe(later.id);
  });

  test('is no older one that ends without the agent', async () => {
    const ending = launchRecord({ ending: 'app', cause: 'supervisor' });
    expect(await shownOf(launchRecord(later), ending)).toBe(later.id);
    const ended = launchRecord({ state: 'ended', cause: 'expired', endedAt });
    expect(await shownOf(launchRecord(later), ended)).toBe(later.id);
  });

  test('is none that was put away', async () => {
    expect(await shownOf(launchRecord({ dismissed: true }))).toBeUndefined();
  });
});
