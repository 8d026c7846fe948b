import { describe, expect, test } from 'vitest';
import { createLaunches } from '../../../../../src/extension/background/launch-state/launches.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { SHOP } from '../app-examples.ts';
import { memoryArea } from '../fakes.ts';
import {
  LAUNCH_ID,
  launchesOf,
  launchRecord,
  NOON_THIRTY,
  SECOND_LAUNCH_ID,
} from '../launch-examples.ts';

describe('a launch', () => {
  test('changes by the events of the contract’s table', async () => {
    const launches = await launchesOf([launchRecord({ state: 'opened' })]);
    expect(await launches.advance(LAUNCH_ID, 'landed', { landedBy: 'tab' })).toMatchObject({
      state: 'landed',
      landedBy: 'tab',
    });
    expect((await launches.find(LAUNCH_ID))?.state).toBe('landed');
  });

  test.each(['confirmed', 'ended'] as const)(
    'that is %s is not given up any more, however late that comes',
    async (state) => {
      const launches = await launchesOf([launchRecord({ state })]);
      expect(await launches.advance(LAUNCH_ID, 'not_landed', {})).toBeUndefined();
      expect((await launches.find(LAUNCH_ID))?.state).toBe(state);
    },
  );

  test('loses what its new state does not have', async () => {
    const problem = extensionProblem('interrupted');
    const launches = await launchesOf([launchRecord({ state: 'interrupted', problem })]);
    const confirmed = await launches.advance(LAUNCH_ID, 'confirmed', { confirmedBy: 'actor' });
    expect(confirmed).not.toHaveProperty('problem');
    await launches.note(LAUNCH_ID, { problem });
    expect(await launches.find(LAUNCH_ID)).not.toHaveProperty('problem');
  });

  test('takes two events at a time one after the other', async () => {
    const launches = await launchesOf([launchRecord({ state: 'opened' })]);
    const [confirmed, givenUp] = await Promise.all([
      launches.advance(LAUNCH_ID, 'confirmed', {}),
      launches.advance(LAUNCH_ID, 'not_landed', {}),
    ]);
    expect([confirmed?.state, givenUp]).toEqual(['confirmed', undefined]);
  });

  test('that did not change is not told to anybody', async () => {
    let changes = 0;
    const onChange = () => {
      changes += 1;
    };
    const launches = await launchesOf([launchRecord()], { onChange });
    await launches.note(LAUNCH_ID, { tab: 'open' });
    expect(changes).toBe(1);
    await launches.note(LAUNCH_ID, { tab: 'closed' });
    expect(changes).toBe(2);
  });

  test('that ends, or has ended, is told apart from one that goes on', async () => {
    const told: string[] = [];
    const launches = await launchesOf([launchRecord({ state: 'opened' })], {
      onChange: () => told.push('goes on'),
      onEnding: () => told.push('ends'),
    });
    told.length = 0;
    await launches.advance(LAUNCH_ID, 'landed', { landedBy: 'tab' });
    await launches.note(LAUNCH_ID, { ending: 'app' });
    await launches.advance(LAUNCH_ID, 'ended', {});
    expect(told).toEqual(['goes on', 'ends', 'ends']);
  });
});

describe('the stored launches', () => {
  const launchesIn = (session: ReturnType<typeof memoryArea>) =>
    createLaunches({
      session,
      findApp: async () => SHOP,
      now: () => NOON_THIRTY,
      onChange: () => undefined,
      onEnding: () => undefined,
    });
  const idsIn = async (session: ReturnType<typeof memoryArea>, key: string) =>
    ((await session.get(key)) as { id: string }[]).map(({ id }) => id);

  test('that are over lie apart from one under way, and are not written with it', async () => {
    const session = memoryArea();
    const launches = launchesIn(session);
    await launches.restore(launchRecord({ state: 'opened' }));
    await launches.advance(LAUNCH_ID, 'ended', {});
    await launches.restore(launchRecord({ id: SECOND_LAUNCH_ID, state: 'opened' }));
    expect(await idsIn(session, 'launches')).toEqual([SECOND_LAUNCH_ID]);
    expect(await idsIn(session, 'finalLaunches')).toEqual([LAUNCH_ID]);
  });

  test('that a worker left in both places when it stopped are over, and there only once', async () => {
    const opened = launchRecord({ state: 'opened' });
    const session = memoryArea({
      launches: [opened],
      finalLaunches: [launchRecord({ state: 'ended' })],
    });
    const launches = launchesIn(session);
    expect((await launches.all()).map(({ state }) => state)).toEqual(['ended']);
    expect(await launches.active()).toEqual([]);
    await launches.restore(launchRecord({ id: SECOND_LAUNCH_ID, state: 'opened' }));
    expect(await idsIn(session, 'launches')).toEqual([SECOND_LAUNCH_ID]);
  });
});

describe('the launches', () => {
  test('are told newest first, whether they are over or not', async () => {
    const at = (requestedAt: string) => ({ requestedAt: `2026-11-20T${requestedAt}:00.000Z` });
    const launches = await launchesOf([
      launchRecord({ id: SECOND_LAUNCH_ID, state: 'opened', ...at('11:00') }),
      launchRecord({ state: 'ended', ...at('12:00') }),
    ]);
    expect((await launches.all()).map(({ state }) => state)).toEqual(['ended', 'opened']);
  });

  test('of a tab are the one that opened it, else the newest at its page', async () => {
    const elsewhere = { cookieStore: 'private', openIn: 'private_window' } as const;
    const launches = await launchesOf([
      launchRecord({ id: SECOND_LAUNCH_ID, ...elsewhere }),
      launchRecord({ tabId: 7 }),
    ]);
    const idOf = async (id: number, url: string | undefined, store: string) =>
      (await launches.ofTab({ id, url, store }))?.id;
    expect(await idOf(7, undefined, 'default')).toBe(LAUNCH_ID);
    expect(await idOf(8, 'https://shop.example.com/orders', 'private')).toBe(SECOND_LAUNCH_ID);
    expect(await idOf(8, 'https://shop.example.com/orders', 'default')).toBe(LAUNCH_ID);
    expect(await idOf(8, 'https://crm.example.com/', 'default')).toBeUndefined();
    expect(await idOf(8, undefined, 'default')).toBeUndefined();
  });

  test('at an origin are those of its cookie store, at the app and at its login domain', async () => {
    const launches = await launchesOf([launchRecord()], { apps: [SHOP] });
    const countAt = async (store: string, origin: string) =>
      (await launches.at(store, origin)).length;
    expect(await countAt('default', 'https://shop.example.com')).toBe(1);
    expect(await countAt('default', 'https://login.example.com')).toBe(1);
    expect(await countAt('private', 'https://shop.example.com')).toBe(0);
    expect(await countAt('default', 'https://other.example.com')).toBe(0);
  });

  test('that are active are never forgotten, of the others the newest twenty are kept', async () => {
    const ids = Array.from(
      { length: 25 },
      (_, index) => `3f0a9c7e-2b1d-4e5f-8a6b-${String(index).padStart(12, '0')}`,
    );
    const over = ids.map((id) => launchRecord({ id, state: 'ended' }));
    const oldest = launchRecord({ tabId: 7, requestedAt: '2026-11-20T11:59:00.000Z' });
    const launches = await launchesOf([...over, oldest]);
    const all = await launches.all();
    expect(all).toHaveLength(21);
    expect(all.at(-1)?.id).toBe(LAUNCH_ID);
    expect(await launches.active()).toHaveLength(1);
  });

  test('are not active any more when their time is over and they were ended', async () => {
    const launches = await launchesOf([launchRecord({ state: 'ended' })], {
      now: () => NOON_THIRTY,
    });
    expect(await launches.active()).toEqual([]);
  });
});
