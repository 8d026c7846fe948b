import { expect, test } from 'vitest';
import { targetAppIdSchema } from '../../../../../../src/contract/ids.ts';
import { createOwnSessions } from '../../../../../../src/extension/background/session/remembered/own-sessions.ts';
import { memoryArea } from '../../fakes.ts';

const LOGIN = 'https://login.example.com';
const OTHER_LOGIN = 'https://other.example.com';
const SHOP = { targetAppId: targetAppIdSchema.parse('shop'), loginDomain: LOGIN };
const DESK = { targetAppId: targetAppIdSchema.parse('desk'), loginDomain: LOGIN };
const BLOG = { targetAppId: targetAppIdSchema.parse('blog'), loginDomain: OTHER_LOGIN };

const inBrowser = async () => {
  const local = memoryArea();
  const own = createOwnSessions(local, memoryArea());
  for (const target of [SHOP, DESK, BLOG]) {
    await own.keep(target);
  }
  return { own, local };
};

test('the agent’s own sessions are found by their login domain, each once however often it was opened', async () => {
  const { own } = await inBrowser();
  await own.keep(SHOP);
  expect(await own.at('default', LOGIN)).toEqual([
    { ...DESK, tabIds: [] },
    { ...SHOP, tabIds: [] },
  ]);
});

test.each(['private', 'firefox-container-1'])(
  'the agent has no session of their own in the store %s',
  async (store) => {
    const { own } = await inBrowser();
    expect(await own.at(store, LOGIN)).toEqual([]);
  },
);

test('the tabs of an own session are known until it is signed out, and no other’s', async () => {
  const { own } = await inBrowser();
  await own.keepTab(SHOP, 7);
  await own.keepTab(SHOP, 8);
  await own.keepTab(DESK, 9);
  expect((await own.at('default', LOGIN)).map(({ tabIds }) => tabIds)).toEqual([[7, 8], [9]]);
  await own.forget(SHOP);
  expect(await own.at('default', LOGIN)).toEqual([{ ...DESK, tabIds: [9] }]);
});

test('own sessions outlive the browser, their tabs do not', async () => {
  const { own, local } = await inBrowser();
  await own.keepTab(BLOG, 7);
  const restarted = createOwnSessions(local, memoryArea());
  expect(await restarted.at('default', OTHER_LOGIN)).toEqual([{ ...BLOG, tabIds: [] }]);
});
