import { describe, expect, test } from 'vitest';
import { EMPTY_DRAFT } from '../../../../../src/extension/messages/launch/empty-draft.ts';
import { type Snapshot, snapshotSchema } from '../../../../../src/extension/messages/snapshot.ts';
import { endedBetween } from '../../../../../src/extension/popup/state/ended-sessions.ts';

const NORA = '5f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60';
const UMA = '6f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60';

const session = (changes: object = {}) => ({
  id: NORA,
  state: 'confirmed',
  standing: 'acting',
  color: 'blue',
  tab: 'open',
  customerId: 'auth0|nora',
  customerName: 'Nora Lindqvist',
  targetAppId: 'shop',
  targetAppName: 'Shop',
  requestedAt: '2026-11-20T10:00:00.000Z',
  landing: 'seen',
  ...changes,
});
const OTHER = session({ id: UMA, customerName: 'Uma Okafor' });

const snapshot = (sessions: readonly object[], changes: object = {}): Snapshot =>
  snapshotSchema.parse({
    backend: { managed: false },
    signIn: { state: 'signed_in', webSessionLeft: false },
    sessions,
    recents: [],
    leftovers: [],
    setUp: { due: false, declined: false },
    places: [],
    draft: EMPTY_DRAFT,
    ...changes,
  });

const names = (before: Snapshot | undefined, next: Snapshot): readonly string[] =>
  endedBetween(before, next).map(({ customerName }) => customerName);

describe('a session has ended', () => {
  test.each([
    ['it is in the list no more', []],
    ['its end is recorded, and the tenant is still asked about it', [{ state: 'ended' }]],
  ])('a session has ended once %s', (_when, next) => {
    const ending = next.map((changes) => session({ standing: 'ending', ...changes }));
    expect(names(snapshot([session(), OTHER]), snapshot([...ending, OTHER]))).toEqual([
      'Nora Lindqvist',
    ]);
  });

  test('a session has ended once its sign-out, which was under way, is over', () => {
    const signingOut = session({ standing: 'ending', ending: 'app' });
    expect(names(snapshot([session()]), snapshot([signingOut]))).toEqual([]);
    expect(names(snapshot([signingOut]), snapshot([]))).toEqual(['Nora Lindqvist']);
  });

  test('a session has ended once, however long the tenant is asked about it', () => {
    const ended = session({ standing: 'ending', state: 'ended' });
    expect(names(snapshot([ended]), snapshot([]))).toEqual([]);
  });
});

describe('no session has ended', () => {
  const unseen = session({ state: 'opened', standing: 'not_verified' });
  const leftover = {
    launchId: NORA,
    targetAppId: 'shop',
    targetAppName: 'Shop',
    since: '2026-11-20T10:00:00.000Z',
    endsAt: '2026-11-20T12:00:00.000Z',
    openIn: 'new_tab',
    openedBySomebodyElse: false,
  };
  test.each([
    ['in the first snapshot', undefined, snapshot([])],
    ['where nothing changed', snapshot([session()]), snapshot([session()])],
    ['where nobody ever saw one', snapshot([unseen]), snapshot([])],
    ['that is only no longer sure', snapshot([session()]), snapshot([unseen])],
    [
      'that may have outlived the browser',
      snapshot([session()]),
      snapshot([], { leftovers: [leftover] }),
    ],
    [
      'by the agent’s signing out',
      snapshot([session()]),
      snapshot([], { signIn: { state: 'signed_out', webSessionLeft: false } }),
    ],
  ])('no session has ended %s', (_when, before, next) => {
    expect(names(before, next)).toEqual([]);
  });
});
