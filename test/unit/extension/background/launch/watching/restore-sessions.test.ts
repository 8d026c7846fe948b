import { describe, expect, test } from 'vitest';
import { launchIdSchema } from '../../../../../../src/contract/ids.ts';
import type { BackendClient } from '../../../../../../src/extension/background/backend/backend-client.ts';
import { restoreActiveSessions } from '../../../../../../src/extension/background/launch/watching/restore-sessions.ts';
import {
  createKeptSessions,
  type KeptSession,
} from '../../../../../../src/extension/background/session/remembered/kept-sessions.ts';
import { createUnreportedEnds } from '../../../../../../src/extension/background/session/remembered/unreported-ends.ts';
import { done, refused } from '../../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../../src/extension/messages/wire/problem.ts';
import { fakeContainers, memoryArea } from '../../fakes.ts';
import {
  keptSession,
  LAUNCH_ID,
  launchesOf,
  launchRecord,
  NOON_THIRTY,
  SECOND_LAUNCH_ID,
} from '../../launch-examples.ts';

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

type World = {
  readonly known?: boolean;
  readonly kept?: readonly KeptSession[];
  readonly hidden?: boolean;
  /** A launch whose session this browser signed out while nobody was signed in. */
  readonly signedOut?: string;
  readonly isBackendDeaf?: boolean;
  /** Whether the backend tells of the customer's organizations. */
  readonly hasDetails?: boolean;
};

const restored = async (
  listed: readonly object[],
  {
    known = false,
    kept = [],
    hidden = false,
    signedOut,
    isBackendDeaf = false,
    hasDetails = true,
  }: World = {},
) => {
  const news: string[] = [];
  let isOrganizationKnown = false;
  const elses: (readonly string[])[] = [];
  const launches = await launchesOf(known ? [launchRecord({ tabId: 7 })] : []);
  const ended: string[] = [];
  const client = (async (name: string, { params }: { params?: { id: string } }) => {
    if (name === 'endLaunch') {
      ended.push(params?.id ?? '');
      return isBackendDeaf ? refused(extensionProblem('offline')) : done(launch({}));
    }
    if (name === 'launches') {
      return done({ launches: listed });
    }
    const problem = {
      source: 'backend',
      title: '',
      detail: '',
      action: '',
      requestId: '',
    } as const;
    return hidden ? refused({ ...problem, code: 'launch_not_found' }) : done(launch({}));
  }) as unknown as BackendClient;
  const keptSessions = createKeptSessions(fakeContainers().containers, memoryArea());
  for (const session of kept) {
    await keptSessions.keep(session);
  }
  const unreportedEnds = createUnreportedEnds(memoryArea(), () => NOON_THIRTY);
  if (signedOut !== undefined) {
    await unreportedEnds.note(keptSession({ launchId: launchIdSchema.parse(signedOut) }));
  }
  await restoreActiveSessions(
    {
      client,
      launches,
      keptSessions,
      unreportedEnds,
      directory: {
        details: async () => {
          isOrganizationKnown = hasDetails;
          return refused(extensionProblem('offline'));
        },
        organizationName: () => (isOrganizationKnown ? 'Nordwind Logistics' : undefined),
      },
      leftovers: {
        openedBySomebodyElse: async (ids) => {
          elses.push(ids);
        },
      },
      applyBackendNews: async ({ state }) => {
        news.push(state);
      },
      findApp: async () => undefined,
      chooseColor: async () => 'pink',
      now: () => NOON_THIRTY,
    },
    'auth0|agent',
  );
  return { sessions: await launches.all(), keptSessions, unreportedEnds, ended, news, elses };
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

  test('that this browser has signed out are ended, and not brought back as of another browser', async () => {
    const { sessions, ended, unreportedEnds } = await restored(
      [launch({ state: 'confirmed' }), launch({ id: SECOND_LAUNCH_ID })],
      { signedOut: LAUNCH_ID },
    );
    expect(ended).toEqual([LAUNCH_ID]);
    expect(sessions).toMatchObject([{ id: SECOND_LAUNCH_ID }]);
    expect(await unreportedEnds.includes(LAUNCH_ID)).toBe(false);
  });

  test('that this browser has signed out are ended the next time, where the backend does not hear', async () => {
    const { sessions, unreportedEnds } = await restored([launch({ state: 'confirmed' })], {
      signedOut: LAUNCH_ID,
      isBackendDeaf: true,
    });
    expect(sessions).toEqual([]);
    expect(await unreportedEnds.includes(LAUNCH_ID)).toBe(true);
  });

  test('that this browser knows keep what it knows', async () => {
    const { sessions } = await restored([launch({}), launch({ id: SECOND_LAUNCH_ID })], {
      known: true,
    });
    expect(sessions).toMatchObject([
      { id: SECOND_LAUNCH_ID },
      { id: LAUNCH_ID, state: 'landed', tabId: 7 },
    ]);
  });

  test('that this browser knows hear what the backend makes of them', async () => {
    const { news } = await restored([launch({ state: 'confirmed' })], { known: true });
    expect(news).toEqual(['confirmed']);
  });

  test('come back to the cookie store that they were in, and nobody has seen them there', async () => {
    const { sessions } = await restored([launch({ state: 'confirmed' })], {
      kept: [keptSession({ cookieStore: 'firefox-container-7' })],
    });
    expect(sessions).toMatchObject([
      { openIn: 'container', cookieStore: 'firefox-container-7', restored: true, color: 'pink' },
    ]);
  });

  test('of another browser have no place here, but all that the backend knows', async () => {
    const { sessions } = await restored([
      launch({ state: 'landed', landedBy: 'agent', reason: 'Invoice', organizationId: 'org_1' }),
    ]);
    expect(sessions).toMatchObject([
      { landedBy: 'agent', request: { reason: 'Invoice', organizationId: 'org_1' } },
    ]);
    expect(sessions[0]).not.toHaveProperty('cookieStore');
  });

  test('of another agent are known as such, for the backend hides them', async () => {
    const { elses } = await restored([], { kept: [keptSession()], hidden: true });
    expect(elses).toEqual([[LAUNCH_ID]]);
  });

  test('that are over at the backend stay known on disk: only this browser can tell that they are over here', async () => {
    const { keptSessions, elses } = await restored([], { kept: [keptSession()] });
    expect(await keptSessions.all()).toHaveLength(1);
    expect(elses).toEqual([[]]);
  });
});

test.each([
  [true, 'Nordwind Logistics'],
  [false, 'org_nordwind'],
])(
  'a session of another browser names its organization, by its id where the name is not told: %s',
  async (hasDetails, name) => {
    const { sessions } = await restored([launch({ organizationId: 'org_nordwind' })], {
      hasDetails,
    });
    expect(sessions).toMatchObject([{ organizationName: name }]);
  },
);
