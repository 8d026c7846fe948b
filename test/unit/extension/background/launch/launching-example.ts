import { customerIdSchema } from '../../../../../src/contract/ids.ts';
import type { BackendClient } from '../../../../../src/extension/background/backend/backend-client.ts';
import type { Obstacles } from '../../../../../src/extension/background/launch/before-opening/clear-login-domain.ts';
import { createLaunching } from '../../../../../src/extension/background/launch/launching.ts';
import { createTabOpening } from '../../../../../src/extension/background/launch/opening/tab-opening.ts';
import type { LaunchRecord } from '../../../../../src/extension/background/launch-state/launch-record.ts';
import { chooseCookieStore } from '../../../../../src/extension/background/session/cookie-stores.ts';
import { createKeptSessions } from '../../../../../src/extension/background/session/remembered/kept-sessions.ts';
import type { SignInAgain } from '../../../../../src/extension/background/sign-in/sign-in-again.ts';
import type { LaunchRequestMessage } from '../../../../../src/extension/messages/launch/launch.ts';
import { done } from '../../../../../src/extension/messages/wire/outcome.ts';
import { SHOP as APP } from '../app-examples.ts';
import { fakeContainers, fakeTabs, memoryArea } from '../fakes.ts';
import { LAUNCH_ID, launchesOf, SECOND_LAUNCH_ID } from '../launch-examples.ts';

/** The launch that the agent confirmed. */
export const REQUEST: LaunchRequestMessage = {
  id: LAUNCH_ID,
  customerId: customerIdSchema.parse('auth0|mara'),
  targetAppId: APP.id,
  reason: 'Invoice 12',
  openIn: 'new_tab',
};

/** The agent's tokens, each with a text that can be looked for. */
export const TOKENS = {
  backendOrigin: 'https://understudy.acme.example',
  sub: 'auth0|agent',
  accessToken: 'at-secret',
  accessTokenExpiresAt: 1,
  idToken: 'id-secret',
  idTokenReceivedAt: 1,
};

/** The backend's answer to a launch that it issues. */
export const ISSUED = {
  id: LAUNCH_ID,
  sessionTransferToken: 'stt-secret',
  loginUrl: 'https://shop.example.com/login',
  expiresInSeconds: 60,
  sessionEndsAt: '2026-11-20T14:00:00.000Z',
};

/** What differs from a launch in which everything works. */
export type Parts = {
  readonly issue?: (() => Promise<unknown>) | undefined;
  readonly tokens?: () => ReturnType<Parameters<typeof createLaunching>[0]['tokens']['forLaunch']>;
  readonly open?: () => Promise<number>;
  readonly way?: 'cleared' | 'blocked';
  readonly noContainers?: boolean;
  readonly obstacles?: Partial<Obstacles>;
  readonly preview?: Awaited<ReturnType<Parameters<typeof createLaunching>[0]['previewLaunch']>>;
  readonly signInAgain?: SignInAgain;
  /** Settles when the customer's tab has loaded; it has at once without it. */
  readonly loaded?: Promise<void>;
};

/** Launching in a browser and on a backend of the test's, with a record of everything that it did. */
export const launchingWith = async (parts: Parts = {}) => {
  const { issue, tokens, open, way, noContainers } = parts;
  const local = memoryArea();
  const { containers, existing: existingContainers } = fakeContainers(noContainers);
  const browser = fakeTabs();
  const history: unknown[] = [];
  const posts: unknown[] = [];
  const reports: unknown[] = [];
  const opened: string[] = [];
  const did: string[] = [];
  const tabsWhenExpected: number[] = [];
  const session = memoryArea();
  const launches = await launchesOf([], { session });
  const noted = async (change: Promise<LaunchRecord | undefined>) => {
    const record = await change;
    history.push(record?.state === 'requested' ? `requested:${record.step}` : record?.state);
    return record;
  };
  const recording: typeof launches = {
    ...launches,
    begin: async (record) => {
      history.push(`${record.state}:${record.step}`);
      return launches.begin(record);
    },
    advance: (id, event, facts) => noted(launches.advance(id, event, facts)),
    note: (id, facts) => noted(launches.note(id, facts)),
  };
  const client = (async (_name: string, call: { body?: unknown } = {}) => {
    posts.push(call.body);
    history.push('POST');
    return issue ? issue() : done(ISSUED);
  }) as unknown as BackendClient;
  const all = createLaunching({
    launches: recording,
    client,
    tokens: { forLaunch: tokens ?? (async () => done(TOKENS)) },
    signInAgain: async (wanted) => {
      did.push(`sign in within ${wanted.maxAgeSeconds}`);
      return parts.signInAgain ? parts.signInAgain(wanted) : done(TOKENS);
    },
    newLaunchId: () => SECOND_LAUNCH_ID,
    tabs: open ? { ...browser.tabs, open } : browser.tabs,
    clearing: {
      obstacles: async () => ({
        sessions: [],
        own: [],
        leftovers: [],
        notEnded: [],
        ...parts.obstacles,
      }),
      clear: async () => {
        did.push('clear');
        return way ?? 'clear';
      },
    },
    previewLaunch: async (_request, replaces) => {
      did.push(`preview ${replaces.join()}`);
      return parts.preview ?? done(undefined);
    },
    chooseCookieStore: ({ openIn }, look) => chooseCookieStore(containers, openIn, look),
    keptSessions: createKeptSessions(containers, local),
    chooseColor: async () => 'green',
    report: async (_id, event) => {
      reports.push(event);
    },
    delay: () => Promise.resolve(),
    opening: createTabOpening({
      tabs: browser.tabs,
      delay: () => parts.loaded ?? Promise.resolve(),
    }),
    expectToken: () => tabsWhenExpected.push(browser.opened.length),
    now: () => Date.parse('2026-11-20T12:00:00.000Z'),
    describe: async () => done({ app: APP, shown: { customerName: 'Mara Lindqvist' } }),
    onOpened: async (record) => {
      opened.push(record.id);
    },
  });
  return {
    all,
    launching: all.start,
    cancel: all.cancel,
    stop: all.stop,
    session,
    launches,
    local,
    browser,
    history,
    posts,
    reports,
    opened,
    did,
    tabsWhenExpected,
    existingContainers,
  };
};
