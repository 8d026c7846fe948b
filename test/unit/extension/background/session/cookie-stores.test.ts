import { expect, test } from 'vitest';
import {
  createSessionStores,
  openInOf,
} from '../../../../../src/extension/background/session/cookie-stores.ts';
import { fakeContainers, memoryArea } from '../fakes.ts';
import { LAUNCH_ID, SECOND_LAUNCH_ID } from '../launch-examples.ts';

const LOOK = async () => ({ name: 'Mara\u202e Lindqvist', color: 'blue' }) as const;

const keeping = () => {
  const { containers, existing } = fakeContainers();
  const local = memoryArea();
  return { stores: createSessionStores(containers, local), local, existing };
};

test('each session in a container has one of its own, with a name that cannot mislead', async () => {
  const { stores, existing } = keeping();
  const [first, second] = await Promise.all([
    stores.choose(LAUNCH_ID, 'container', LOOK),
    stores.choose(SECOND_LAUNCH_ID, 'container', LOOK),
  ]);
  expect([first, second]).toEqual(['firefox-container-1', 'firefox-container-2']);
  expect(existing.get('firefox-container-1')?.name).toBe('Mara\ufffd Lindqvist');
});

test.each([
  ['new_tab', 'default'],
  ['private_window', 'private'],
  ['container', 'firefox-container-1'],
] as const)('%s is the store %s, and back', async (openIn, store) => {
  expect(await keeping().stores.choose(LAUNCH_ID, openIn, LOOK)).toBe(store);
  expect(openInOf(store)).toBe(openIn);
});

test('only ids are kept on disk, no name', async () => {
  const { stores, local } = keeping();
  await stores.choose(LAUNCH_ID, 'container', LOOK);
  expect([...local.values]).toEqual([
    ['sessionStores', [{ launchId: LAUNCH_ID, store: 'firefox-container-1' }]],
  ]);
});

test('a private session is not kept: the browser forgets it with its last window', async () => {
  const { stores, local } = keeping();
  await stores.choose(LAUNCH_ID, 'private_window', LOOK);
  expect(local.values.size).toBe(0);
});

test('a container that could not be removed is tried again', async () => {
  const { containers } = fakeContainers();
  const answers = [false, true];
  const stores = createSessionStores(
    { ...containers, remove: async () => answers.shift() ?? true },
    memoryArea(),
  );
  await stores.choose(LAUNCH_ID, 'container', LOOK);
  expect(await stores.forget(LAUNCH_ID)).toBe(false);
  expect(await stores.forget(LAUNCH_ID)).toBe(true);
  expect(await stores.of(LAUNCH_ID)).toBeUndefined();
});

test('the next browser session finds the container of a launch', async () => {
  const { stores, local } = keeping();
  await stores.choose(LAUNCH_ID, 'container', LOOK);
  const next = createSessionStores(fakeContainers().containers, local);
  expect(await next.of(LAUNCH_ID)).toBe('firefox-container-1');
  expect(await next.of(SECOND_LAUNCH_ID)).toBeUndefined();
});

test('a session that is over takes its container with it, and no other', async () => {
  const { stores, existing } = keeping();
  await stores.choose(LAUNCH_ID, 'container', LOOK);
  await stores.choose(SECOND_LAUNCH_ID, 'container', LOOK);
  await stores.forget(LAUNCH_ID);
  expect([...existing.keys()]).toEqual(['firefox-container-2']);
  expect(await stores.of(LAUNCH_ID)).toBeUndefined();
});

test('containers of sessions that nobody knows any more are removed', async () => {
  const { stores, existing } = keeping();
  await stores.choose(LAUNCH_ID, 'container', LOOK);
  await stores.choose(SECOND_LAUNCH_ID, 'container', LOOK);
  await stores.keepOnly([SECOND_LAUNCH_ID]);
  expect([...existing.keys()]).toEqual(['firefox-container-2']);
});
