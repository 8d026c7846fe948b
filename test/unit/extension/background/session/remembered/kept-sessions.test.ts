import { describe, expect, test } from 'vitest';
import {
  chooseCookieStore,
  openInOf,
} from '../../../../../../src/extension/background/session/cookie-stores.ts';
import { createKeptSessions } from '../../../../../../src/extension/background/session/remembered/kept-sessions.ts';
import { fakeContainers, memoryArea } from '../../fakes.ts';
import { keptSession, LAUNCH_ID, NOON_THIRTY, SECOND_LAUNCH_ID } from '../../launch-examples.ts';

const LOOK = { name: 'Mara\u202e Lindqvist', color: 'blue' } as const;

const keeping = async () => {
  const { containers, existing } = fakeContainers();
  const local = memoryArea();
  for (const name of ['one', 'two']) {
    await containers.create(name, 'blue');
  }
  return { kept: createKeptSessions(containers, local), local, existing };
};

const IN_FIRST = keptSession({ cookieStore: 'firefox-container-1' });
const IN_SECOND = keptSession({ launchId: SECOND_LAUNCH_ID, cookieStore: 'firefox-container-2' });

test('each session in a container has one of its own, with a name that cannot mislead', async () => {
  const { containers, existing } = fakeContainers();
  const [first, second] = await Promise.all([
    chooseCookieStore(containers, 'container', LOOK),
    chooseCookieStore(containers, 'container', LOOK),
  ]);
  expect([first, second]).toEqual(['firefox-container-1', 'firefox-container-2']);
  expect(existing.get('firefox-container-1')?.name).toBe('Mara\ufffd Lindqvist');
});

test.each([
  ['new_tab', 'default'],
  ['private_window', 'private'],
  ['container', 'firefox-container-1'],
] as const)('%s is the store %s, and back', async (openIn, store) => {
  expect(await chooseCookieStore(fakeContainers().containers, openIn, LOOK)).toBe(store);
  expect(openInOf(store)).toBe(openIn);
});

describe('sessions on disk', () => {
  test('hold what signing out takes, and nothing of customers or agents', async () => {
    const { kept, local } = await keeping();
    await kept.keep(keptSession());
    expect([...local.values]).toEqual([
      [
        'keptSessions',
        [
          {
            launchId: LAUNCH_ID,
            targetAppId: 'shop',
            targetAppName: 'Shop',
            loginDomain: 'https://login.example.com',
            cookieStore: 'default',
            since: '2026-11-20T12:00:00.000Z',
            endsAt: '2026-11-20T14:00:00.000Z',
          },
        ],
      ],
    ]);
  });

  test('leave out private windows: the browser forgets those with the last of them', async () => {
    const { kept, local } = await keeping();
    await kept.keep(keptSession({ cookieStore: 'private' }));
    expect(local.values.size).toBe(0);
  });

  test('try again to remove a container that could not be removed', async () => {
    const answers = [false, true];
    const remove = async () => answers.shift() ?? true;
    const kept = createKeptSessions({ remove }, memoryArea());
    await kept.keep(IN_FIRST);
    expect(await kept.forget(LAUNCH_ID)).toBe(false);
    expect(await kept.forget(LAUNCH_ID)).toBe(true);
    expect(await kept.find(LAUNCH_ID)).toBeUndefined();
  });

  test('are found by the next browser session', async () => {
    const { kept, local } = await keeping();
    await kept.keep(IN_FIRST);
    const next = createKeptSessions(fakeContainers().containers, local);
    expect((await next.find(LAUNCH_ID))?.cookieStore).toBe('firefox-container-1');
  });

  test('take their container with them when they are over, and no other', async () => {
    const { kept, existing } = await keeping();
    await kept.keep(IN_FIRST);
    await kept.keep(IN_SECOND);
    await kept.forget(LAUNCH_ID);
    expect([...existing.keys()]).toEqual(['firefox-container-2']);
  });

  test('know which launch did not land, until a session of it is found after all', async () => {
    const { kept } = await keeping();
    await kept.keep(keptSession());
    await kept.keep(IN_SECOND);
    await kept.noteLanding(LAUNCH_ID, 'not_landed');
    expect(await kept.find(LAUNCH_ID)).toMatchObject({ notLanded: true });
    expect(await kept.find(SECOND_LAUNCH_ID)).not.toHaveProperty('notLanded');
    await kept.noteLanding(LAUNCH_ID, 'possible');
    expect(await kept.find(LAUNCH_ID)).not.toHaveProperty('notLanded');
  });

  test('lose the containers of launches that nobody knows any more', async () => {
    const { kept, existing } = await keeping();
    await kept.keep(IN_FIRST);
    await kept.keep(IN_SECOND);
    await kept.forgetOthers([SECOND_LAUNCH_ID], NOON_THIRTY);
    expect([...existing.keys()]).toEqual(['firefox-container-2']);
  });

  test('stay in the ordinary tabs until their time is over, whatever the backend knows', async () => {
    const { kept } = await keeping();
    await kept.keep(keptSession());
    await kept.forgetOthers([], NOON_THIRTY);
    expect(await kept.all()).toHaveLength(1);
    await kept.forgetOthers([], Date.parse('2026-11-20T14:00:00.000Z'));
    expect(await kept.all()).toEqual([]);
  });
});
