import { describe, expect, test } from 'vitest';
import { endVerdict } from '../../../../../../src/extension/background/session/ending/end-verdict.ts';
import { createBanner } from '../../../../../../src/extension/background/session/indicators/banner-messages.ts';
import { SHOP as APP } from '../../app-examples.ts';
import { LAUNCH_ID, launchesOf, launchRecord, NOON_THIRTY } from '../../launch-examples.ts';

const PAGE = { id: 'own', url: 'https://shop.example.com/orders', frameId: 0, store: 'default' };
const SESSION = { name: 'banner_session', request: {} };

const bannering = async (
  launch: Parameters<typeof launchRecord>[0] = {},
  { granted = true, at = NOON_THIRTY, language = '' } = {},
) => {
  const did: unknown[] = [];
  const sent: unknown[] = [];
  const record = launchRecord({
    customerName: 'Mara\u202e',
    request: { reason: 'Invoice' },
    ...launch,
  });
  const launches = await launchesOf([record]);
  const banner = createBanner({
    ownId: 'own',
    launches,
    tabs: {
      showing: async () => [7, 8],
      send: async (tabId, message) => {
        sent.push([tabId, message]);
      },
    },
    contentScripts: {
      runOn: async (origins) => {
        did.push(origins);
      },
    },
    hasHostPermission: async () => granted,
    findApp: async () => APP,
    agentName: async () => 'Ada',
    askBackend: async (id) => {
      did.push(`ask ${id}`);
    },
    endSession: async (id) => did.push(`end ${id}`),
    openPanel: async () => {
      did.push('panel');
    },
    texts: async (keys) =>
      language === ''
        ? undefined
        : { in: language, key: keys.find((key) => key === 'bannerActing') },
    now: () => at,
  });
  return { ...banner, launches, did, sent };
};

const MARA = {
  customerName: 'Mara\ufffd',
  agentName: 'Ada',
  targetAppName: 'Shop',
  sessionEndsAt: '2026-11-20T14:00:00.000Z',
  organizationName: '',
  reason: 'Invoice',
  isEnding: false,
  isFolded: false,
};
const VERDICT = endVerdict({ tenant: 'gone', browser: 'not_seen' });

describe('the banner', () => {
  test('is told its texts where the company set a language', async () => {
    const { listener } = await bannering({}, { language: 'de' });
    expect(await listener(SESSION, PAGE)).toMatchObject({
      texts: { in: 'de', key: 'bannerActing' },
    });
  });

  test('is told whom its tab acts as, in texts that are safe to show', async () => {
    const { listener, did } = await bannering();
    expect(await listener(SESSION, PAGE)).toEqual({ session: MARA });
    expect(did).toEqual([`ask ${LAUNCH_ID}`]);
  });

  test('claims nobody where no session was seen', async () => {
    const { listener } = await bannering({ state: 'opened' });
    expect(await listener(SESSION, PAGE)).toEqual({});
  });

  test('ends the session of its own tab, and of no other', async () => {
    const { listener, did } = await bannering();
    await listener({ name: 'banner_end', request: {} }, PAGE);
    expect(did).toEqual([`end ${LAUNCH_ID}`]);
  });

  test('stays small on the next page when the agent made it small', async () => {
    const { listener } = await bannering();
    await listener({ name: 'banner_fold', request: {} }, PAGE);
    expect(await listener(SESSION, PAGE)).toEqual({ session: { ...MARA, isFolded: true } });
    await listener({ name: 'banner_unfold', request: {} }, PAGE);
    expect(await listener(SESSION, PAGE)).toEqual({ session: MARA });
  });

  test('says for a minute how the session ended', async () => {
    const ended = { state: 'ended', verdict: VERDICT, endedAt: NOON_THIRTY } as const;
    const { listener } = await bannering(ended, { at: NOON_THIRTY + 59_000 });
    expect(await listener(SESSION, PAGE)).toEqual({
      ended: { customerName: 'Mara\ufffd', result: 'signed_out' },
    });
    const later = await bannering(ended, { at: NOON_THIRTY + 60_000 });
    expect(await later.listener(SESSION, PAGE)).toEqual({});
  });

  test('is told in every tab when the session begins to end, when it has ended, and nothing twice', async () => {
    const { update, launches, sent } = await bannering();
    await update();
    await update();
    const session = { name: 'banner_changed', session: MARA };
    expect(sent).toEqual([
      [7, session],
      [8, session],
    ]);
    sent.length = 0;
    await launches.note(LAUNCH_ID, { ending: 'app' });
    await update();
    expect(sent).toEqual([
      [7, { name: 'banner_changed', session: { ...MARA, isEnding: true } }],
      [8, { name: 'banner_changed', session: { ...MARA, isEnding: true } }],
    ]);
    sent.length = 0;
    await launches.advance(LAUNCH_ID, 'ended', { verdict: VERDICT, endedAt: NOON_THIRTY });
    await update();
    expect(sent).toMatchObject([
      [7, { name: 'banner_changed', ended: { result: 'signed_out' } }],
      [8, { name: 'banner_changed', ended: { result: 'signed_out' } }],
    ]);
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
    const { update, launches, did } = await bannering();
    await update();
    await update();
    await launches.advance(LAUNCH_ID, 'ended', {});
    await update();
    expect(did).toEqual([['https://shop.example.com'], []]);
    const without = await bannering({}, { granted: false });
    await without.update();
    expect(without.did).toEqual([]);
  });
});
