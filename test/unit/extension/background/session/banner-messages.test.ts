import { describe, expect, test } from 'vitest';
import { createLaunchStore } from '../../../../../src/extension/background/launch-state/launch-store.ts';
import { createBanner } from '../../../../../src/extension/background/session/banner-messages.ts';
import { SHOP as APP } from '../app-examples.ts';
import { memoryArea } from '../fakes.ts';
import { LAUNCH_ID, openedLaunch } from '../launch-examples.ts';

const PAGE = { id: 'own', url: 'https://shop.example.com/orders', frameId: 0, store: 'default' };
const SESSION = { name: 'banner_session', request: {} };

const bannering = async (granted = true) => {
  const did: unknown[] = [];
  const store = createLaunchStore({
    session: memoryArea(),
    now: () => 0,
    onChange: () => undefined,
  });
  await store.put(openedLaunch({ customerName: 'Mara\u202e', request: { reason: 'Invoice' } }));
  const banner = createBanner({
    ownId: 'own',
    store,
    contentScripts: {
      runOn: async (origins) => {
        did.push(origins);
      },
    },
    hasHostPermission: async () => granted,
    findApp: async () => APP,
    agentName: async () => 'Ada',
    look: async (id) => {
      did.push(`look ${id}`);
    },
    endSession: async (id) => did.push(`end ${id}`),
    openPanel: async () => {
      did.push('panel');
    },
    now: () => 0,
  });
  return { ...banner, store, did };
};

describe('the banner', () => {
  test('is told whom its tab acts as, in texts that are safe to show', async () => {
    const { listener, did } = await bannering();
    expect(await listener(SESSION, PAGE)).toEqual({
      session: {
        customerName: 'Mara\ufffd',
        agentName: 'Ada',
        targetAppName: 'Shop',
        sessionEndsAt: '2026-11-20T14:00:00.000Z',
        organizationName: '',
        reason: 'Invoice',
      },
    });
    expect(did).toEqual([`look ${LAUNCH_ID}`]);
  });

  test('ends the session of its own tab, and of no other', async () => {
    const { listener, did } = await bannering();
    await listener({ name: 'banner_end', request: {} }, PAGE);
    expect(did).toEqual([`end ${LAUNCH_ID}`]);
  });

  test.each([
    ['another extension', { ...PAGE, id: 'other' }],
    ['a frame in a page', { ...PAGE, frameId: 3 }],
    ['no tab at all', { id: 'own', url: PAGE.url }],
    ['a page of the extension', { ...PAGE, url: 'chrome-extension://own/popup.html' }],
  ])('is not answered to %s', async (_who, sender) => {
    const { listener, did } = await bannering();
    expect(listener(SESSION, sender)).toBeUndefined();
    expect(listener({ name: 'banner_end', request: {} }, sender)).toBeUndefined();
    expect(did).toEqual([]);
  });

  test.each([
    ['another origin', { ...PAGE, url: 'https://shop.example.com.evil.example/' }],
    ['another cookie store', { ...PAGE, store: 'private' }],
  ])('knows nobody at %s', async (_where, sender) => {
    const { listener } = await bannering();
    expect(await listener(SESSION, sender)).toEqual({});
    expect(await listener({ name: 'banner_end', request: {} }, sender)).toEqual({});
  });

  test.each([
    { name: 'launch', request: {} },
    { name: 'end_session', request: { launchId: LAUNCH_ID } },
    { name: 'banner_end', request: { launchId: LAUNCH_ID } },
    'banner_end',
  ])('may not send %j', async (message) => {
    const { listener } = await bannering();
    expect(listener(message, PAGE)).toBeUndefined();
  });

  test('stands on the pages of apps in use only, where access was given', async () => {
    const { place, store, did } = await bannering();
    await place();
    await place();
    await store.change(LAUNCH_ID, { state: 'ended' });
    await place();
    expect(did).toEqual([['https://shop.example.com'], []]);
    const without = await bannering(false);
    await without.place();
    expect(without.did).toEqual([]);
  });
});
