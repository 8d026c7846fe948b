import { describe, expect, test } from 'vitest';
import { statusOf } from '../../../../../src/extension/background/launch-state/standing.ts';
import {
  createBrowserCheck,
  endVerdict,
} from '../../../../../src/extension/background/session/ending/end-verdict.ts';
import { createLeftovers } from '../../../../../src/extension/background/session/leftovers.ts';
import { createKeptSessions } from '../../../../../src/extension/background/session/remembered/kept-sessions.ts';
import { createUnreportedEnds } from '../../../../../src/extension/background/session/remembered/unreported-ends.ts';
import { done } from '../../../../../src/extension/messages/wire/outcome.ts';
import { fakeContainers, memoryArea } from '../fakes.ts';
import {
  keptSession,
  LAUNCH_ID,
  launchesOf,
  launchRecord,
  NOON_THIRTY,
  SECOND_LAUNCH_ID,
} from '../launch-examples.ts';

type World = {
  readonly launches?: readonly ReturnType<typeof launchRecord>[];
  readonly reached?: boolean;
  /** Whether the agent signs in while the browser is being signed out. */
  readonly signsInMeanwhile?: boolean;
  readonly now?: number;
};

const inBrowser = async ({
  launches = [],
  reached = true,
  signsInMeanwhile = false,
  now = NOON_THIRTY,
}: World = {}) => {
  const did: string[] = [];
  const known = await launchesOf(launches);
  const keptSessions = createKeptSessions(fakeContainers().containers, memoryArea());
  await keptSessions.keep(keptSession());
  const unreportedEnds = createUnreportedEnds(memoryArea(), () => now);
  const leftovers = createLeftovers({
    session: memoryArea(),
    launches: known,
    keptSessions,
    unreportedEnds,
    browserSignOut: {
      place: async ({ targetAppId }, cookieStore) => {
        did.push(`sign out ${targetAppId} in ${cookieStore}`);
        if (signsInMeanwhile) {
          await known.restore(launchRecord({ restored: true }));
        }
        return reached;
      },
    },
    browserCheck: createBrowserCheck({
      present: async () => undefined,
      remove: async () => undefined,
    }),
    endSession: async (id, cause) => {
      did.push(`end ${id} ${cause}`);
      const verdict = endVerdict({ tenant: 'gone', browser: 'not_seen' });
      await known.advance(id, 'ended', { verdict });
      return done(statusOf(launchRecord({ state: 'ended', verdict }), NOON_THIRTY));
    },
    now: () => now,
    onChange: () => undefined,
  });
  return { leftovers, keptSessions, unreportedEnds, did };
};

describe('after a browser restart', () => {
  test('a session that nobody has seen since may still be open, whoever it was', async () => {
    const { leftovers } = await inBrowser();
    expect(await leftovers.all()).toEqual([
      {
        launchId: LAUNCH_ID,
        targetAppId: 'shop',
        targetAppName: 'Shop',
        since: '2026-11-20T12:00:00.000Z',
        endsAt: '2026-11-20T14:00:00.000Z',
        openIn: 'new_tab',
        openedBySomebodyElse: false,
      },
    ]);
  });

  test('its customer has a name once the agent who opened it has signed in', async () => {
    const { leftovers } = await inBrowser({ launches: [launchRecord({ restored: true })] });
    expect(await leftovers.all()).toMatchObject([{ customerName: 'Mara Lindqvist' }]);
  });

  test('it reads as somebody else’s when another agent signs in', async () => {
    const { leftovers } = await inBrowser();
    await leftovers.openedBySomebodyElse([LAUNCH_ID]);
    expect(await leftovers.all()).toMatchObject([{ openedBySomebodyElse: true }]);
  });

  test('it is no leftover any more once somebody has seen it', async () => {
    const { leftovers } = await inBrowser({ launches: [launchRecord()] });
    expect(await leftovers.all()).toEqual([]);
  });

  test('a launch that did not land has left nothing', async () => {
    const { leftovers, keptSessions } = await inBrowser();
    await keptSessions.noteLanding(LAUNCH_ID, 'not_landed');
    expect(await leftovers.all()).toEqual([]);
  });

  test('it is none after its end time', async () => {
    const { leftovers } = await inBrowser({ now: Date.parse('2026-11-20T14:00:00.000Z') });
    expect(await leftovers.all()).toEqual([]);
  });
});

describe('signing out a leftover', () => {
  test('needs nobody to be signed in, and clears it', async () => {
    const { leftovers, did } = await inBrowser();
    expect(await leftovers.signOut(LAUNCH_ID)).toMatchObject({
      value: { verdict: { browser: 'not_seen', result: 'not_checked' } },
    });
    expect(did).toEqual(['sign out shop in default']);
    expect(await leftovers.all()).toEqual([]);
  });

  test('notes that the backend has not heard of the end, where nobody is signed in', async () => {
    const { leftovers, unreportedEnds } = await inBrowser();
    await leftovers.signOut(LAUNCH_ID);
    expect(await unreportedEnds.includes(LAUNCH_ID)).toBe(true);
  });

  test('has the backend end it, where the agent signed in meanwhile', async () => {
    const { leftovers, unreportedEnds, did } = await inBrowser({ signsInMeanwhile: true });
    await leftovers.signOut(LAUNCH_ID);
    expect(did).toEqual(['sign out shop in default', `end ${LAUNCH_ID} agent`]);
    expect(await unreportedEnds.includes(LAUNCH_ID)).toBe(false);
  });

  test('leaves it in the list when there is no tab to do it in', async () => {
    const { leftovers, unreportedEnds } = await inBrowser({ reached: false });
    expect(await leftovers.signOut(LAUNCH_ID)).toMatchObject({
      value: { verdict: { browser: 'not_reached' } },
    });
    expect(await leftovers.all()).toHaveLength(1);
    expect(await unreportedEnds.includes(LAUNCH_ID)).toBe(false);
  });

  test('ends it at the tenant too, where the backend told of it', async () => {
    const { leftovers, unreportedEnds, did } = await inBrowser({
      launches: [launchRecord({ restored: true })],
    });
    expect(await leftovers.signOut(LAUNCH_ID)).toMatchObject({
      value: { verdict: { tenant: 'gone' } },
    });
    expect(did).toEqual([`end ${LAUNCH_ID} agent`]);
    expect(await unreportedEnds.includes(LAUNCH_ID)).toBe(false);
  });

  test('that is not known is refused', async () => {
    const { leftovers } = await inBrowser();
    expect(await leftovers.signOut(SECOND_LAUNCH_ID)).toMatchObject({
      problem: { code: 'launch_unknown' },
    });
  });
});
