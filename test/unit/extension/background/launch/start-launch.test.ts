import { describe, expect, test } from 'vitest';
import { customerIdSchema } from '../../../../../src/contract/ids.ts';
import type { BackendClient } from '../../../../../src/extension/background/backend/backend-client.ts';
import { settleInterruptedLaunches } from '../../../../../src/extension/background/launch/recover-interrupted.ts';
import { createLaunching } from '../../../../../src/extension/background/launch/start-launch.ts';
import { createLaunchStore } from '../../../../../src/extension/background/launch-state/launch-store.ts';
import { createSessionStores } from '../../../../../src/extension/background/session/cookie-stores.ts';
import type { LaunchRequestMessage } from '../../../../../src/extension/messages/launch.ts';
import { done, refused } from '../../../../../src/extension/messages/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/problem.ts';
import { SHOP as APP } from '../app-examples.ts';
import { fakeContainers, fakeTabs, memoryArea } from '../fakes.ts';
import { LAUNCH_ID, openedLaunch, SECOND_LAUNCH_ID } from '../launch-examples.ts';

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
  readonly issue?: () => Promise<unknown>;
  readonly tokens?: () => ReturnType<Parameters<typeof createLaunching>[0]['tokens']['forLaunch']>;
  readonly open?: () => Promise<number>;
  readonly way?: 'cleared' | 'blocked';
  readonly noContainers?: boolean;
};

const launchingWith = ({ issue, tokens, open, way, noContainers }: Parts = {}) => {
  const session = memoryArea();
  const local = memoryArea();
  const { containers, existing: existingContainers } = fakeContainers(noContainers);
  const browser = fakeTabs();
  const history: unknown[] = [];
  const posts: unknown[] = [];
  const reports: unknown[] = [];
  const opened: string[] = [];
  const store = createLaunchStore({ session, now: () => 0, onChange: () => undefined });
  const recording: typeof store = {
    ...store,
    put: async (record) => {
      history.push(record.step ? `${record.state}:${record.step}` : record.state);
      return store.put(record);
    },
    change: async (id, changed) => {
      const record = await store.change(id, changed);
      history.push(record?.state === 'requested' ? `requested:${record.step}` : record?.state);
      return record;
    },
  };
  const client = (async (_name: string, call: { body?: unknown } = {}) => {
    posts.push(call.body);
    history.push('POST');
    return issue ? issue() : done(ISSUED);
  }) as unknown as BackendClient;
  const launching = createLaunching({
    store: recording,
    client,
    tokens: { forLaunch: tokens ?? (async () => done(TOKENS)) },
    tabs: open ? { ...browser.tabs, open } : browser.tabs,
    preFlight: { inTheWay: async () => [], clear: async () => way ?? 'clear' },
    sessionStores: createSessionStores(containers, local),
    colorOf: async () => 'green',
    report: async (_id, event) => {
      reports.push(event);
    },
    now: () => Date.parse('2026-11-20T12:00:00.000Z'),
    describe: async () => done({ app: APP, shown: { customerName: 'Mara Lindqvist' } }),
    onOpened: async (record) => {
      opened.push(record.id);
    },
  });
  return {
    launching,
    store,
    session,
    browser,
    history,
    posts,
    reports,
    opened,
    existingContainers,
  };
};

describe('a launch', () => {
  test('that somebody may be in the way of asks for nothing', async () => {
    const { launching, store, posts, browser } = launchingWith({ way: 'blocked' });
    expect(await launching(REQUEST)).toMatchObject({ problem: { code: 'existing_session' } });
    expect(posts).toEqual([]);
    expect(browser.opened).toEqual([]);
    expect((await store.all())[0]?.state).toBe('failed');
  });

  test('in a private window opens one', async () => {
    const { launching, browser } = launchingWith();
    expect(await launching({ ...REQUEST, openIn: 'private_window' })).toMatchObject({ ok: true });
    expect(browser.privateWindows).toHaveLength(1);
    expect(browser.opened).toEqual([]);
  });

  test('in a container opens there, in one of the customer’s own', async () => {
    const { launching, store, browser, existingContainers } = launchingWith();
    await launching({ ...REQUEST, openIn: 'container' });
    expect(existingContainers).toEqual(
      new Map([['firefox-container-1', { name: 'Mara Lindqvist', color: 'green' }]]),
    );
    expect(browser.opened).toMatchObject([{ store: 'firefox-container-1' }]);
    expect((await store.all())[0]).toMatchObject({ store: 'firefox-container-1' });
  });

  test('that fails leaves no container behind', async () => {
    const { launching, existingContainers } = launchingWith({ way: 'blocked' });
    await launching({ ...REQUEST, openIn: 'container' });
    expect(existingContainers.size).toBe(0);
  });

  test('asks for nothing where there are no containers', async () => {
    const { launching, posts } = launchingWith({ noContainers: true });
    expect(await launching({ ...REQUEST, openIn: 'container' })).toMatchObject({
      problem: { code: 'tab_not_opened' },
    });
    expect(posts).toEqual([]);
  });

  test('is stored before the backend is asked, and at each step after', async () => {
    const { launching, history } = launchingWith();
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
    const { launching, posts } = launchingWith();
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
    const { launching, browser, reports, opened } = launchingWith();
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
    const { launching, session } = launchingWith();
    const answer = await launching(REQUEST);
    const kept = JSON.stringify([answer, ...session.values.values()]);
    for (const secret of ['stt-secret', 'at-secret', 'id-secret'])
      expect(kept).not.toContain(secret);
  });
});

describe('one launch', () => {
  test('comes of a double click', async () => {
    const { launching, posts, browser } = launchingWith();
    const answers = await Promise.all([launching(REQUEST), launching(REQUEST)]);
    expect(answers[0]).toEqual(answers[1]);
    expect(posts).toHaveLength(1);
    expect(browser.opened).toHaveLength(1);
  });

  test('comes of a message that is repeated later', async () => {
    const { launching, posts } = launchingWith();
    await launching(REQUEST);
    expect(await launching(REQUEST)).toMatchObject({ ok: true, value: { state: 'opened' } });
    expect(posts).toHaveLength(1);
  });

  test('comes of a message that is repeated after the refusal', async () => {
    const { launching, posts } = launchingWith({
      issue: async () => refused(extensionProblem('timeout')),
    });
    await launching(REQUEST);
    expect(await launching(REQUEST)).toMatchObject({ problem: { code: 'timeout' } });
    expect(posts).toHaveLength(1);
  });

  test('is under way at a time', async () => {
    const { launching, posts } = launchingWith();
    const first = launching(REQUEST);
    expect(await launching({ ...REQUEST, id: SECOND_LAUNCH_ID })).toMatchObject({
      problem: { code: 'another_launch_running' },
    });
    await first;
    expect(posts).toHaveLength(1);
  });

  test('does not keep the next one from starting', async () => {
    const { launching, posts } = launchingWith();
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
    const { launching, store, browser } = launchingWith({ issue: async () => refused(refusal) });
    expect(await launching(REQUEST)).toEqual({ ok: false, problem: refusal });
    expect(await store.find(LAUNCH_ID)).toMatchObject({ state: 'refused', problem: refusal });
    expect(browser.opened).toEqual([]);
  });

  test('because there is no fresh proof of identity never reaches the backend', async () => {
    const { launching, store, posts } = launchingWith({
      tokens: async () => refused(extensionProblem('actor_unavailable')),
    });
    expect(await launching(REQUEST)).toMatchObject({ problem: { code: 'actor_unavailable' } });
    expect(await store.find(LAUNCH_ID)).toMatchObject({ state: 'failed' });
    expect(posts).toEqual([]);
  });

  test('because the login URL is not the app’s opens nothing and is reported', async () => {
    const { launching, browser, reports } = launchingWith({
      issue: async () => done({ ...ISSUED, loginUrl: 'https://evil.example/login' }),
    });
    expect(await launching(REQUEST)).toMatchObject({ problem: { code: 'login_url_refused' } });
    expect(browser.opened).toEqual([]);
    expect(reports).toEqual([{ type: 'not_landed' }]);
  });

  test('because the browser opens no tab says nothing of the URL, and is reported', async () => {
    const { launching, store, reports } = launchingWith({
      open: () => Promise.reject(new Error('No window for https://x/?session_transfer_token=stt')),
    });
    const answer = await launching(REQUEST);
    expect(answer).toEqual({
      ok: false,
      problem: { source: 'extension', code: 'tab_not_opened' },
    });
    expect(await store.find(LAUNCH_ID)).toMatchObject({ state: 'failed' });
    expect(reports).toEqual([{ type: 'not_landed' }]);
  });
});

describe('a new worker finds', () => {
  const foundAs = async (changed: Parameters<typeof openedLaunch>[0]) => {
    const reports: unknown[] = [];
    const store = createLaunchStore({
      session: memoryArea(),
      now: () => 0,
      onChange: () => undefined,
    });
    await store.put(openedLaunch(changed));
    await settleInterruptedLaunches(store, async (_id, event) => {
      reports.push(event);
    });
    return { record: await store.find(LAUNCH_ID), reports };
  };

  test.each([
    ['identity', 'failed'],
    ['backend', 'not_landed'],
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
    const { launching, store, posts } = launchingWith();
    await store.put(openedLaunch({ state: 'requested', step: 'backend' }));
    await settleInterruptedLaunches(store, async () => undefined);
    expect(await launching(REQUEST)).toMatchObject({ problem: { code: 'interrupted' } });
    expect(posts).toEqual([]);
  });
});
