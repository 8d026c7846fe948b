import { describe, expect, test } from 'vitest';
import { restoreActiveSessions } from '../../../../src/extension/background/active-sessions.ts';
import type { BackendClient } from '../../../../src/extension/background/backend-client.ts';
import { createLaunchStore } from '../../../../src/extension/background/launch-store.ts';
import { memoryArea } from './fakes.ts';
import { LAUNCH_ID, openedLaunch, SECOND_LAUNCH_ID } from './launch-examples.ts';

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

const restored = async (launches: readonly object[], known = false) => {
  const store = createLaunchStore({
    session: memoryArea(),
    now: () => 0,
    onChange: () => undefined,
  });
  if (known) await store.put(openedLaunch({ tabId: 7, state: 'landed' }));
  const client = (async () => ({ ok: true, value: { launches } })) as unknown as BackendClient;
  await restoreActiveSessions({ client, store, findApp: async () => undefined }, 'auth0|agent');
  return store.all();
};

describe('active sessions', () => {
  test('come back from the backend after a browser restart, without a tab', async () => {
    const [session] = await restored([launch({})]);
    expect(session).toMatchObject({
      id: LAUNCH_ID,
      state: 'opened',
      customerName: 'Mara Lindqvist',
      dismissed: true,
    });
    expect(session?.tabId).toBeUndefined();
  });

  test('of other agents are left out, even where the backend shows them', async () => {
    expect(await restored([launch({ agentId: 'auth0|supervisor' })])).toEqual([]);
  });

  test('whose opening was never reported count as open', async () => {
    expect(await restored([launch({ state: 'issued' })])).toMatchObject([{ state: 'opened' }]);
  });

  test('that were only requested are none', async () => {
    expect(await restored([launch({ state: 'requested' })])).toEqual([]);
  });

  test('that this browser knows keep what it knows', async () => {
    const sessions = await restored([launch({}), launch({ id: SECOND_LAUNCH_ID })], true);
    expect(sessions).toMatchObject([
      { id: SECOND_LAUNCH_ID },
      { id: LAUNCH_ID, state: 'landed', tabId: 7 },
    ]);
  });
});
