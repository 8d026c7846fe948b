import { describe, expect, test } from 'vitest';
import { customerIdSchema } from '../../../../../src/contract/ids.ts';
import type { BackendClient } from '../../../../../src/extension/background/backend/backend-client.ts';
import type { Obstacles } from '../../../../../src/extension/background/launch/before-opening/clear-login-domain.ts';
import { createTabOpening } from '../../../../../src/extension/background/launch/opening/tab-opening.ts';
import { createLaunching } from '../../../../../src/extension/background/launch/start-launch.ts';
import { recoverInterruptedLaunches } from '../../../../../src/extension/background/launch/watching/recover-interrupted.ts';
import type { LaunchRecord } from '../../../../../src/extension/background/launch-state/launch-record.ts';
import { chooseCookieStore } from '../../../../../src/extension/background/session/cookie-stores.ts';
import { createKeptSessions } from '../../../../../src/extension/background/session/remembered/kept-sessions.ts';
import type { SignInAgain } from '../../../../../src/extension/background/sign-in/sign-in-again.ts';
import type { LaunchRequestMessage } from '../../../../../src/extension/messages/launch/launch.ts';
import { done, refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { SHOP as APP } from '../app-examples.ts';
import { fakeContainers, fakeTabs, memoryArea, settled } from '../fakes.ts';
import { LAUNCH_ID, launchesOf, launchRecord, SECOND_LAUNCH_ID } from '../launch-examples.ts';

const REQUEST: LaunchRequestMessage = {
  id: LAUNCH_ID,
  customerId: customerIdSchema.parse('auth0|mara'),
  targetAppId: APP.id,
  reason: 'Invoice 12',
  openIn: 'new_tab',
};
const TOKENS = {
  backendOrigin: 'https://understudy.acme.example',
  sub: 'auth0|agent',
  accessToken: 'at-secret',
  accessTokenExpiresAt: 1,
  idToken: 'id-secret',
  idTokenReceivedAt: 1,
};
const ISSUED = {
  id: LAUNCH_ID,
  sessionTransferToken: 'stt-secret',
  loginUrl: 'https://shop.example.com/login',
  expiresInSeconds: 60,
  sessionEndsAt: '2026-11-20T14:00:00.000Z',
};

type Parts = {
  readonly issue?: (() => Promise<unknown>) | undefined;
  readonly tokens?: () => ReturnType<Parameters<typeof createLaunching>[0]['tokens']['forLaunch']>;
  readonly open?: () => Promise<number>;
  readonly way?: 'cleared' | 'blocked';
  readonly noContainers?: boolean;
  readonly obstacles?: Partial<Obstacles>;
  readonly preview?: Awaited<ReturnType<Parameters<typeof createLaunching>[0]['previewLaunch']>>;
  readonly signInAgain?: SignInAgain;
};

const launchingWith = async (parts: Parts = {}) => {
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
  const launches = await launchesOf([]);
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
  const { start, cancel } = createLaunching({
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
    opening: createTabOpening({ tabs: browser.tabs, delay: () => Promise.resolve() }),
    expectToken: () => tabsWhenExpected.push(browser.opened.length),
    now: () => Date.parse('2026-11-20T12:00:00.000Z'),
    describe: async () => done({ app: APP, shown: { customerName: 'Mara Lindqvist' } }),
    onOpened: async (record) => {
      opened.push(record.id);
    },
  });
  return {
    launching: start,
    cancel,
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

describe('a launch', () => {
  test('that somebody may be in the way of asks for nothing', async () => {
    const { launching, launches, posts, browser } = await launchingWith({ way: 'blocked' });
    expect(await launching(REQUEST)).toMatchObject({
      value: { state: 'failed', problem: { code: 'existing_session' } },
    });
    expect(posts).toEqual([]);
    expect(browser.opened).toEqual([]);
    expect((await launches.all())[0]?.state).toBe('failed');
  });

  test('has the history watched for its token before the tab is opened', async () => {
    const { launching, browser, tabsWhenExpected } = await launchingWith();
    await launching(REQUEST);
    expect(tabsWhenExpected).toEqual([0]);
    expect(browser.opened).toHaveLength(1);
  });

  test('in a private window opens one', async () => {
    const { launching, browser } = await launchingWith();
    expect(await launching({ ...REQUEST, openIn: 'private_window' })).toMatchObject({ ok: true });
    expect(browser.privateWindows).toHaveLength(1);
    expect(browser.opened).toEqual([]);
  });

  test('in a container opens there, in one of the customer’s own', async () => {
    const { launching, launches, browser, existingContainers } = await launchingWith();
    await launching({ ...REQUEST, openIn: 'container' });
    expect(existingContainers).toEqual(
      new Map([['firefox-container-1', { name: 'Mara Lindqvist', color: 'green' }]]),
    );
    expect(browser.opened).toMatchObject([{ store: 'firefox-container-1' }]);
    expect((await launches.all())[0]).toMatchObject({ cookieStore: 'firefox-container-1' });
  });

  test('that fails leaves no container behind', async () => {
    const { launching, existingContainers } = await launchingWith({ way: 'blocked' });
    await launching({ ...REQUEST, openIn: 'container' });
    expect(existingContainers.size).toBe(0);
  });

  test('asks for nothing where there are no containers', async () => {
    const { launching, posts } = await launchingWith({ noContainers: true });
    expect(await launching({ ...REQUEST, openIn: 'container' })).toMatchObject({
      value: { state: 'failed', problem: { code: 'tab_not_opened' } },
    });
    expect(posts).toEqual([]);
  });

  test('is stored before the backend is asked, and at each step after', async () => {
    const { launching, history } = await launchingWith();
    await launching(REQUEST);
    expect(history).toEqual([
      'requested:identity',
      'POST',
      'requested:backend',
      'issued',
      'opened',
    ]);
  });

  test('sends what was confirmed and the ID token as proof', async () => {
    const { launching, posts } = await launchingWith();
    await launching(REQUEST);
    expect(posts).toEqual([
      {
        id: LAUNCH_ID,
        customerId: 'auth0|mara',
        targetAppId: 'shop',
        organizationId: undefined,
        reason: 'Invoice 12',
        ticket: undefined,
        actorToken: 'id-secret',
      },
    ]);
  });

  test('opens one tab with the token, and reports it', async () => {
    const { launching, browser, reports, opened } = await launchingWith();
    expect(await launching(REQUEST)).toMatchObject({ ok: true, value: { state: 'opened' } });
    expect(browser.opened).toEqual([
      {
        url: 'https://shop.example.com/login?session_transfer_token=stt-secret',
        store: 'default',
        behind: false,
      },
    ]);
    expect(reports).toEqual([{ type: 'opened' }]);
    expect(opened).toEqual([LAUNCH_ID]);
  });

  test('leaves no token in storage nor in the answer', async () => {
    const { launching, launches, local } = await launchingWith();
    const answer = await launching(REQUEST);
    const kept = JSON.stringify([answer, await launches.all(), ...local.values.values()]);
    for (const secret of ['stt-secret', 'at-secret', 'id-secret']) {
      expect(kept).not.toContain(secret);
    }
  });
});

describe('one launch', () => {
  test('comes of a double click', async () => {
    const { launching, posts, browser } = await launchingWith();
    const answers = await Promise.all([launching(REQUEST), launching(REQUEST)]);
    expect(answers[0]).toEqual(answers[1]);
    expect(posts).toHaveLength(1);
    expect(browser.opened).toHaveLength(1);
  });

  test('comes of a message that is repeated later', async () => {
    const { launching, posts } = await launchingWith();
    await launching(REQUEST);
    expect(await launching(REQUEST)).toMatchObject({ ok: true, value: { state: 'opened' } });
    expect(posts).toHaveLength(1);
  });

  test('comes of a message that is repeated after the refusal', async () => {
    const { launching, posts } = await launchingWith({
      issue: async () => refused(extensionProblem('timeout')),
    });
    await launching(REQUEST);
    expect(await launching(REQUEST)).toMatchObject({
      value: { state: 'interrupted', problem: { code: 'timeout' } },
    });
    expect(posts).toHaveLength(1);
  });

  test('is under way at a time', async () => {
    const { launching, posts } = await launchingWith();
    const first = launching(REQUEST);
    expect(await launching({ ...REQUEST, id: SECOND_LAUNCH_ID })).toMatchObject({
      problem: { code: 'another_launch_running' },
    });
    await first;
    expect(posts).toHaveLength(1);
  });

  test('does not keep the next one from starting', async () => {
    const { launching, posts } = await launchingWith();
    await launching(REQUEST);
    await launching({ ...REQUEST, id: SECOND_LAUNCH_ID });
    expect(posts).toHaveLength(2);
  });
});

describe('a launch that does not work', () => {
  const refusal = {
    source: 'backend' as const,
    code: 'customer_protected',
    title: 'Protected',
    detail: 'Staff',
    action: 'Ask',
    requestId: 'req-1',
  };

  test('because the backend refuses is kept with its words', async () => {
    const { launching, launches, browser } = await launchingWith({
      issue: async () => refused(refusal),
    });
    expect(await launching(REQUEST)).toMatchObject({
      ok: true,
      value: { state: 'refused', problem: refusal },
    });
    expect(await launches.find(LAUNCH_ID)).toMatchObject({ state: 'refused', problem: refusal });
    expect(browser.opened).toEqual([]);
  });

  test('because there is no fresh proof of identity never reaches the backend', async () => {
    const { launching, launches, posts } = await launchingWith({
      tokens: async () => refused(extensionProblem('actor_unavailable')),
    });
    expect(await launching(REQUEST)).toMatchObject({
      value: { problem: { code: 'actor_unavailable' } },
    });
    expect(await launches.find(LAUNCH_ID)).toMatchObject({ state: 'failed' });
    expect(posts).toEqual([]);
  });

  test('because the login URL is not the app’s opens nothing and is reported', async () => {
    const { launching, browser, reports } = await launchingWith({
      issue: async () => done({ ...ISSUED, loginUrl: 'https://evil.example/login' }),
    });
    expect(await launching(REQUEST)).toMatchObject({
      value: { state: 'not_landed', problem: { code: 'login_url_refused' } },
    });
    expect(browser.opened).toEqual([]);
    expect(reports).toEqual([{ type: 'not_landed' }]);
  });

  test('because the browser opens no tab says nothing of the URL, and is reported', async () => {
    const { launching, reports } = await launchingWith({
      open: () => Promise.reject(new Error('No window for https://x/?session_transfer_token=stt')),
    });
    const answer = await launching(REQUEST);
    expect(answer).toMatchObject({
      value: { state: 'not_landed', problem: { source: 'extension', code: 'tab_not_opened' } },
    });
    expect(JSON.stringify(answer)).not.toContain('stt');
    expect(reports).toEqual([{ type: 'not_landed' }]);
  });
});

describe('a launch in the place of another session', () => {
  const EARLIER = { sessions: [launchRecord({ id: SECOND_LAUNCH_ID })] };

  test('asks the backend first, and then ends the other one', async () => {
    const { launching, did, posts } = await launchingWith({ obstacles: EARLIER, way: 'cleared' });
    expect(await launching(REQUEST)).toMatchObject({ value: { state: 'opened' } });
    expect(did).toEqual([`preview ${SECOND_LAUNCH_ID}`, 'clear']);
    expect(posts).toHaveLength(1);
  });

  test.each<[string, Parts, string]>([
    ['the backend is down', { preview: refused(extensionProblem('offline')) }, 'offline'],
    [
      'the backend would refuse',
      {
        preview: done({
          needs: [],
          refusal: {
            code: 'customer_protected',
            title: '',
            detail: '',
            action: '',
            requestId: 'r-1',
          },
        }),
      },
      'customer_protected',
    ],
    ['the backend needs more', { preview: done({ needs: ['ticket'] }) }, 'more_needed'],
    [
      'there is no proof of identity',
      { tokens: async () => refused(extensionProblem('actor_unavailable')) },
      'actor_unavailable',
    ],
  ])('ends nothing when %s', async (_when, parts, code) => {
    const { launching, did, posts } = await launchingWith({ obstacles: EARLIER, ...parts });
    expect(await launching(REQUEST)).toMatchObject({ value: { problem: { code } } });
    expect(did).not.toContain('clear');
    expect(posts).toEqual([]);
  });
});

describe('a launch that wants a fresher sign-in', () => {
  const STEP_UP = { maxAgeSeconds: 300 };
  const WANTED = refused({
    source: 'backend',
    code: 'step_up_required',
    title: '',
    detail: '',
    action: '',
    requestId: 'r-1',
    stepUp: STEP_UP,
  });

  test('as the panel said has the agent sign in before anything is looked at, ended or asked for', async () => {
    const { launching, history, did, posts } = await launchingWith();
    expect(await launching({ ...REQUEST, stepUp: STEP_UP })).toMatchObject({
      value: { id: LAUNCH_ID, state: 'opened', signsInAgain: true },
    });
    expect(did).toEqual(['sign in within 300', 'clear']);
    expect(history.slice(0, 3)).toEqual(['requested:sign_in', 'requested:identity', 'POST']);
    expect(posts).toMatchObject([{ id: LAUNCH_ID, reason: 'Invoice 12' }]);
  });

  test('only by the backend’s word goes on by itself under another id, with all that was typed', async () => {
    const answers: unknown[] = [WANTED, done({ ...ISSUED, id: SECOND_LAUNCH_ID })];
    const { launching, launches, did, posts } = await launchingWith({
      issue: async () => answers.shift(),
    });
    expect(await launching({ ...REQUEST, ticket: 'SUP-1' })).toMatchObject({
      value: { id: SECOND_LAUNCH_ID, state: 'opened' },
    });
    expect(did).toEqual(['clear', 'sign in within 300', 'clear']);
    const typed = { customerId: 'auth0|mara', reason: 'Invoice 12', ticket: 'SUP-1' };
    expect(posts).toMatchObject([
      { ...typed, id: LAUNCH_ID },
      { ...typed, id: SECOND_LAUNCH_ID },
    ]);
    expect(await launches.find(LAUNCH_ID)).toMatchObject({ state: 'refused', dismissed: true });
  });

  test('in the place of another session signs in before that one is ended', async () => {
    const previews = [done({ needs: ['step_up' as const], stepUp: STEP_UP }), done({ needs: [] })];
    const parts: Parts = {
      obstacles: { sessions: [launchRecord({ id: 'f2f0a9c7-2b1d-4e5f-8a6b-7c8d9e0f1a2b' })] },
    };
    const { launching, did } = await launchingWith({
      ...parts,
      way: 'cleared',
      get preview() {
        return previews.shift() ?? done(undefined);
      },
    });
    expect(await launching(REQUEST)).toMatchObject({ value: { state: 'opened' } });
    expect(did.map((what) => what.split(' ')[0])).toEqual(['preview', 'sign', 'preview', 'clear']);
  });

  test('and gets none asks for nothing, and keeps what was typed for the next try', async () => {
    const { launching, posts, did } = await launchingWith({
      signInAgain: async () => refused(extensionProblem('step_up_closed')),
    });
    expect(await launching({ ...REQUEST, stepUp: STEP_UP })).toMatchObject({
      value: {
        state: 'failed',
        problem: { code: 'step_up_closed' },
        request: { reason: 'Invoice 12' },
      },
    });
    expect(posts).toEqual([]);
    expect(did).not.toContain('clear');
  });

  test('and is refused after it all the same says so, and asks no second time', async () => {
    const { launching, did } = await launchingWith({ issue: async () => WANTED });
    expect(await launching(REQUEST)).toMatchObject({
      value: { id: SECOND_LAUNCH_ID, problem: { code: 'step_up_required' } },
    });
    expect(did.filter((what) => what.startsWith('sign in'))).toHaveLength(1);
  });

  test('and is stopped meanwhile opens nothing, whatever becomes of the window', async () => {
    const window = Promise.withResolvers<Awaited<ReturnType<SignInAgain>>>();
    const { launching, cancel, launches, posts } = await launchingWith({
      signInAgain: () => window.promise,
    });
    const running = launching({ ...REQUEST, stepUp: STEP_UP });
    while ((await launches.find(LAUNCH_ID)) === undefined) {
      await settled();
    }
    await cancel(LAUNCH_ID);
    window.resolve(done(TOKENS));
    expect(await running).toMatchObject({ value: { problem: { code: 'launch_cancelled' } } });
    expect(posts).toEqual([]);
  });

  test('is one launch, however often it is asked for', async () => {
    const answers: unknown[] = [WANTED, done({ ...ISSUED, id: SECOND_LAUNCH_ID })];
    const { launching, posts } = await launchingWith({ issue: async () => answers.shift() });
    const [first, second] = await Promise.all([launching(REQUEST), launching(REQUEST)]);
    expect(first).toEqual(second);
    expect(await launching(REQUEST)).toMatchObject({ value: { id: LAUNCH_ID, state: 'refused' } });
    expect(posts).toHaveLength(2);
  });
});

describe('a launch that the agent stops', () => {
  test('while the backend is asked opens no tab, even when the token comes', async () => {
    const answer = Promise.withResolvers<unknown>();
    const { launching, cancel, browser, reports, launches } = await launchingWith({
      issue: () => answer.promise,
    });
    const running = launching(REQUEST);
    while ((await launches.find(LAUNCH_ID)) === undefined) {
      await settled();
    }
    await settled();
    expect(await cancel(LAUNCH_ID)).toMatchObject({
      value: { state: 'interrupted', problem: { code: 'launch_cancelled' } },
    });
    answer.resolve(done(ISSUED));
    expect(await running).toMatchObject({ value: { problem: { code: 'launch_cancelled' } } });
    expect(browser.opened).toEqual([]);
    expect(reports[0]).toEqual({ type: 'not_landed' });
  });

  test('after its tab was opened goes on', async () => {
    const { launching, cancel } = await launchingWith();
    await launching(REQUEST);
    expect(await cancel(LAUNCH_ID)).toMatchObject({ value: { state: 'opened' } });
  });
});

test('a backend that shuts down is asked once more, with the same id', async () => {
  const stopping = { source: 'backend', code: 'shutting_down' } as const;
  const answers: unknown[] = [
    refused({ ...stopping, title: '', detail: '', action: '', requestId: '' }),
    done(ISSUED),
  ];
  const { launching, posts } = await launchingWith({ issue: async () => answers.shift() });
  expect(await launching(REQUEST)).toMatchObject({ value: { state: 'opened' } });
  expect(posts).toMatchObject([{ id: LAUNCH_ID }, { id: LAUNCH_ID }]);
});

test('what goes wrong after the tab was opened does not undo that it was', async () => {
  const { launching } = await launchingWith();
  const broken = await launchingWith();
  broken.opened.push = () => {
    throw new Error('The recents could not be written.');
  };
  expect(await broken.launching(REQUEST)).toMatchObject({ value: { state: 'opened' } });
  expect(await launching(REQUEST)).toMatchObject({ value: { state: 'opened' } });
});

describe('a new worker finds', () => {
  const foundAs = async (changed: Parameters<typeof launchRecord>[0]) => {
    const reports: unknown[] = [];
    const launches = await launchesOf([launchRecord(changed)]);
    await recoverInterruptedLaunches(launches, async (_id, event) => {
      reports.push(event);
    });
    return { record: await launches.find(LAUNCH_ID), reports };
  };

  test.each([
    ['identity', 'failed'],
    ['backend', 'interrupted'],
  ] as const)(
    'a launch that was at the step "%s" interrupted, and %s: a token may be in a tab once the backend was asked',
    async (step, state) => {
      const { record, reports } = await foundAs({ state: 'requested', step });
      expect(record).toMatchObject({ state, problem: { code: 'interrupted' } });
      expect(reports).toEqual([{ type: 'not_landed' }]);
    },
  );

  test('a token without a tab not landed as far as anybody saw, and reports it', async () => {
    const { record, reports } = await foundAs({ state: 'issued', step: 'tab' });
    expect(record).toMatchObject({ state: 'not_landed', problem: { code: 'interrupted' } });
    expect(reports).toEqual([{ type: 'not_landed' }]);
  });

  test.each(['opened', 'landed', 'ended'] as const)(
    'a launch that was %s as it was',
    async (state) => {
      const { record, reports } = await foundAs({ state, tabId: 7 });
      expect(record?.state).toBe(state);
      expect(reports).toEqual([]);
    },
  );

  test('a session that was half ended still so, to be ended by the one who started it', async () => {
    const { record } = await foundAs({ state: 'opened', tabId: 7, ending: 'app' });
    expect(record).toMatchObject({ state: 'opened', ending: 'app' });
  });

  test('an interrupted launch, and does not start it again for a repeated message', async () => {
    const { launching, launches, posts } = await launchingWith();
    await launches.restore(launchRecord({ state: 'requested', step: 'backend' }));
    await recoverInterruptedLaunches(launches, async () => undefined);
    expect(await launching(REQUEST)).toMatchObject({
      value: { state: 'interrupted', problem: { code: 'interrupted' } },
    });
    expect(posts).toEqual([]);
  });
});
