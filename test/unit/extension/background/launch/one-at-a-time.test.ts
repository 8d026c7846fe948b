import { describe, expect, test } from 'vitest';
import { oneAtATime } from '../../../../../src/extension/background/launch/one-at-a-time.ts';
import { done, type Outcome, refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { SHOP } from '../app-examples.ts';
import { SECOND_LAUNCH_ID } from '../launch-examples.ts';
import { ISSUED, launchingWith, REQUEST } from './launching-example.ts';

const BUSY = { ok: false, problem: { code: 'another_launch_running' } };

const opening = async (issue?: () => Promise<unknown>) => {
  const launch = await launchingWith({ issue });
  const asMe: PromiseWithResolvers<Outcome<object>>[] = [];
  const parts = oneAtATime(launch.all, () => {
    const opened = Promise.withResolvers<Outcome<object>>();
    asMe.push(opened);
    return opened.promise;
  });
  return { ...launch, start: parts.launching.start, openAsMe: () => parts.openAsMe(SHOP.id), asMe };
};

describe('an app that the agent opens as themselves', () => {
  test('an app is not opened as the agent while a launch is under way', async () => {
    const issued = Promise.withResolvers<unknown>();
    const { start, openAsMe, asMe, browser } = await opening(() => issued.promise);
    const launched = start(REQUEST);
    expect(await openAsMe()).toMatchObject(BUSY);
    expect(asMe).toEqual([]);
    issued.resolve(done(ISSUED));
    expect(await launched).toMatchObject({ ok: true, value: { state: 'opened' } });
    expect(browser.opened).toHaveLength(1);
  });

  test('an app is opened as the agent once the tab of the launch is open', async () => {
    const { start, openAsMe, asMe } = await opening();
    await start(REQUEST);
    const opened = openAsMe();
    asMe[0]?.resolve(done({}));
    expect(await opened).toEqual({ ok: true, value: {} });
  });
});

describe('a launch', () => {
  test('a launch is refused, and nothing is stored of it, while an app is opened as the agent', async () => {
    const { start, openAsMe, asMe, launches, posts } = await opening();
    const [first, second] = [openAsMe(), openAsMe()];
    asMe[0]?.resolve(done({}));
    await first;
    expect(await start(REQUEST)).toMatchObject(BUSY);
    expect(await launches.all()).toEqual([]);
    expect(posts).toEqual([]);
    asMe[1]?.resolve(done({}));
    await second;
    expect(await start(REQUEST)).toMatchObject({ ok: true, value: { state: 'opened' } });
  });

  test.each([
    [
      'was refused',
      async (asMe: PromiseWithResolvers<Outcome<object>>) => {
        asMe.resolve(refused(extensionProblem('signed_out')));
      },
    ],
    [
      'broke off',
      async (asMe: PromiseWithResolvers<Outcome<object>>) => {
        asMe.reject(new Error('the browser has no window'));
      },
    ],
  ])('a launch goes on after opening an app as the agent %s', async (_how, settle) => {
    const { start, openAsMe, asMe } = await opening();
    const opened = openAsMe().catch(() => undefined);
    await Promise.all(asMe.map(settle));
    await opened;
    const answer = await start({ ...REQUEST, id: SECOND_LAUNCH_ID });
    expect(answer).toMatchObject({ ok: true, value: { state: 'opened' } });
  });
});
