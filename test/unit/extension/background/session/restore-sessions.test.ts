import { describe, expect, test } from 'vitest';
import type { Launch } from '../../../../../src/contract/launch.ts';
import type { BackendClient } from '../../../../../src/extension/background/backend/backend-client.ts';
import { createLaunchStore } from '../../../../../src/extension/background/launch-state/launch-store.ts';
import { restoreActiveSessions } from '../../../../../src/extension/background/session/restore-sessions.ts';
import { memoryArea } from '../fakes.ts';
import { LAUNCH_ID, openedLaunch, SECOND_LAUNCH_ID } from '../launch-examples.ts';

const launch = (changed: object) => ({
  id: LAUNCH_ID,
  agentId: 'auth0|agent',
  state: 'opened',
  customerId: 'auth0|mara',
  customerName: 'Mara Lindqvist',
  targetAppId: 'shop',
  requestedAt: '2026-11-20T12:00:00.000Z',
  sessionEndsAt: '2026-11-20T14:00:00.000Z',
  ...changed,
});

const restored = async (launches: readonly object[], known = false, cookieStore?: string) => {
  const kept: (readonly string[])[] = [];
  const adopted: string[] = [];
  const store = createLaunchStore({
    session: memoryArea(),
    now: () => 0,
    onChange: () => undefined,
  });
  if (known) await store.put(openedLaunch({ tabId: 7, state: 'landed' }));
  const client = (async () => ({ ok: true, value: { launches } })) as unknown as BackendClient;
  const sessionStores = {
    of: async () => cookieStore,
    keepOnly: async (ids: readonly string[]) => {
      kept.push(ids);
      return true;
    },
  };
  const findApp = async () => undefined;
  const adopt = async (known: Launch) => {
    adopted.push(known.state);
  };
  await restoreActiveSessions({ client, store, sessionStores, adopt, findApp }, 'auth0|agent');
  return { sessions: await store.all(), kept, adopted };
};

describe('active sessions', () => {
  test('come back from the backend after a browser restart, without a tab', async () => {
    const {
      sessions: [session],
    } = await restored([launch({})]);
    expect(session).toMatchObject({
      id: LAUNCH_ID,
      state: 'opened',
      customerName: 'Mara Lindqvist',
      dismissed: true,
    });
    expect(session?.tabId).toBeUndefined();
  });

  test('of other agents are left out, even where the backend shows them', async () => {
    const { sessions } = await restored([launch({ agentId: 'auth0|supervisor' })]);
    expect(sessions).toEqual([]);
  });

  test('whose opening was never reported count as open', async () => {
    const { sessions } = await restored([launch({ state: 'issued' })]);
    expect(sessions).toMatchObject([{ state: 'opened' }]);
  });

  test('that were only requested are none', async () => {
    expect((await restored([launch({ state: 'requested' })])).sessions).toEqual([]);
  });

  test('that this browser knows keep what it knows', async () => {
    const { sessions } = await restored([launch({}), launch({ id: SECOND_LAUNCH_ID })], true);
    expect(sessions).toMatchObject([
      { id: SECOND_LAUNCH_ID },
      { id: LAUNCH_ID, state: 'landed', tabId: 7 },
    ]);
  });

  test('that this browser knows hear what the backend makes of them', async () => {
    const { adopted } = await restored([launch({ state: 'confirmed' })], true);
    expect(adopted).toEqual(['confirmed']);
  });

  test('come back to the cookie store that they were in', async () => {
    const { sessions } = await restored([launch({})], false, 'firefox-container-7');
    expect(sessions).toMatchObject([{ openIn: 'container', store: 'firefox-container-7' }]);
  });

  test('of another browser have no place here', async () => {
    const { sessions } = await restored([launch({})]);
    expect(sessions[0]?.store).toBeUndefined();
  });

  test('alone keep their containers', async () => {
    const { kept } = await restored([launch({ id: SECOND_LAUNCH_ID })], true);
    expect(kept).toEqual([[SECOND_LAUNCH_ID, LAUNCH_ID]]);
  });
});
