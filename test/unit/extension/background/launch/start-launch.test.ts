import { describe, expect, test, vi } from 'vitest';
import { done, refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { LAUNCH_ID } from '../launch-examples.ts';
import { ISSUED, launchingWith, REQUEST, TOKENS } from './launching-example.ts';

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
    expect(history).toEqual(['requested:backend', 'POST', 'issued', 'opened']);
  });

  test('says that the agent’s identity is being proved while the tokens are renewed for it', async () => {
    const renewed = Promise.withResolvers<void>();
    const { launching, history } = await launchingWith({
      tokens: async () => {
        await renewed.promise;
        return done(TOKENS);
      },
    });
    const launch = launching(REQUEST);
    await vi.waitFor(() => expect(history).toEqual(['requested:identity']));
    renewed.resolve();
    await launch;
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
