import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createTabBadges } from '../../../../../../src/extension/background/session/indicators/tab-badges.ts';
import type { Leftover } from '../../../../../../src/extension/messages/snapshot.ts';
import { SHOP } from '../../app-examples.ts';
import { memoryArea } from '../../fakes.ts';
import { LAUNCH_ID, launchesOf, launchRecord, NOON_THIRTY } from '../../launch-examples.ts';

beforeEach(() => {
  vi.stubGlobal('chrome', {
    i18n: {
      getMessage: (key: string, substitutions: readonly string[]) =>
        [key, ...substitutions].join(' '),
    },
  });
});

const LEFTOVER: Leftover = {
  launchId: LAUNCH_ID,
  targetAppId: SHOP.id,
  targetAppName: 'Shop',
  since: '2026-11-20T12:00:00.000Z',
  openIn: 'new_tab',
  openedBySomebodyElse: false,
};

type World = {
  readonly launch?: Parameters<typeof launchRecord>[0];
  /** The tabs that show the app, where that can be seen. */
  readonly showing?: readonly number[];
  readonly granted?: boolean;
  readonly leftovers?: readonly Leftover[];
  readonly at?: number;
};

const badging = async ({
  launch = {},
  showing = [7, 8],
  granted = true,
  leftovers = [],
  at = NOON_THIRTY,
}: World = {}) => {
  const record = launchRecord({ tabId: 7, openedAt: NOON_THIRTY - 1_800_000, ...launch });
  const launches = await launchesOf([record], { now: () => at });
  const shown: Record<string, string> = {};
  const session = memoryArea();
  const make = () =>
    createTabBadges({
      session,
      launches,
      leftovers: { all: async () => leftovers },
      tabs: { showing: async () => showing },
      toolbar: {
        showOnTab: async (tabId, { text, background, title }) => {
          shown[tabId] = [text, background, title].join(' | ');
        },
        clearTab: async (tabId) => {
          delete shown[tabId];
        },
        showEverywhere: async ({ text, title }) => {
          shown['everywhere'] = [text, title].join(' | ');
        },
        clearEverywhere: async () => {
          delete shown['everywhere'];
        },
      },
      hasHostPermission: async () => granted,
      findApp: async () => SHOP,
      now: () => at,
    });
  return { badges: make(), make, launches, shown };
};

const MARA = 'ML | #1a5fc4 | actingInTitleLeft Mara Lindqvist Shop 90';

describe('the badge', () => {
  test('stands on the tabs of the session, with initials, the session’s colour, and minutes in the title', async () => {
    const { badges, shown } = await badging();
    await badges.update();
    expect(shown).toEqual({ 7: MARA, 8: MARA });
  });

  test('shows the minutes in red in the last five', async () => {
    const { badges, shown } = await badging({ at: Date.parse('2026-11-20T13:55:30.000Z') });
    await badges.update();
    expect(shown[7]).toBe('5 | #a8200d | actingInTitleLeft Mara Lindqvist Shop 5');
  });

  test.each(['opened', 'unconfirmed', 'ended'] as const)(
    'is on no tab of a launch that is %s',
    async (state) => {
      const { badges, shown } = await badging({ launch: { state } });
      await badges.update();
      expect(shown).toEqual({});
    },
  );

  test('is taken away by the next worker too, when the session is over', async () => {
    const { badges, make, launches, shown } = await badging();
    await badges.update();
    await launches.advance(LAUNCH_ID, 'ended', {});
    await make().update();
    expect(shown).toEqual({});
  });

  test('is set again when a tab shows another page', async () => {
    const { badges, shown } = await badging();
    await badges.update();
    delete shown[8];
    await badges.tabChanged({ tabId: 8, loading: false, complete: true, url: undefined });
    expect(shown[8]).toBe(MARA);
  });
});

describe('without access to the app', () => {
  const unseen = { tabId: 7, loading: true, complete: false, url: undefined };

  test('only the launch’s own tab has it', async () => {
    const { badges, shown } = await badging({ granted: false });
    await badges.update();
    expect(Object.keys(shown)).toEqual(['7']);
  });

  test('it stays through the pages of the login', async () => {
    const { badges, shown } = await badging({
      granted: false,
      launch: { openedAt: NOON_THIRTY - 5_000 },
    });
    await badges.tabChanged(unseen);
    expect(Object.keys(shown)).toEqual(['7']);
  });

  test('it is gone after a navigation that cannot be seen, and the tab is unknown', async () => {
    const { badges, launches, shown } = await badging({ granted: false });
    await badges.update();
    await badges.tabChanged(unseen);
    expect(shown).toEqual({});
    expect((await launches.find(LAUNCH_ID))?.tab).toBe('unknown');
  });
});

test('a session that may be left from before a restart warns in front of every tab', async () => {
  const { badges, shown } = await badging({ launch: { state: 'ended' }, leftovers: [LEFTOVER] });
  await badges.update();
  expect(shown).toEqual({ everywhere: '! | leftoverTitle Shop' });
});
