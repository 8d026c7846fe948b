import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../../../../src/extension/messages/snapshot.ts';
import { endedBetween } from '../../../../../src/extension/popup/state/ended-sessions.ts';
import { sessionExample, snapshotExample } from './snapshot-example.ts';

const NORA = '5f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60';
const UMA = '6f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60';

const session = (changes: object = {}) => sessionExample({ id: NORA, ...changes });
const OTHER = session({ id: UMA, customerName: 'Uma Okafor' });

const names = (before: Snapshot | undefined, next: Snapshot): readonly string[] =>
  endedBetween(before, next).map(({ customerName }) => customerName);

describe('a session has ended', () => {
  test.each([
    ['it is in the list no more', []],
    ['its end is recorded, and the tenant is still asked about it', [{ state: 'ended' }]],
  ])('a session has ended once %s', (_when, next) => {
    const ending = next.map((changes) => session({ standing: 'ending', ...changes }));
    expect(names(snapshotExample([session(), OTHER]), snapshotExample([...ending, OTHER]))).toEqual(
      ['Nora Lindqvist'],
    );
  });

  test('a session has ended once its sign-out, which was under way, is over', () => {
    const signingOut = session({ standing: 'ending', ending: 'app' });
    expect(names(snapshotExample([session()]), snapshotExample([signingOut]))).toEqual([]);
    expect(names(snapshotExample([signingOut]), snapshotExample([]))).toEqual(['Nora Lindqvist']);
  });

  test('a session has ended once, however long the tenant is asked about it', () => {
    const ended = session({ standing: 'ending', state: 'ended' });
    expect(names(snapshotExample([ended]), snapshotExample([]))).toEqual([]);
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
    ['in the first snapshot', undefined, snapshotExample([])],
    ['where nothing changed', snapshotExample([session()]), snapshotExample([session()])],
    ['where nobody ever saw one', snapshotExample([unseen]), snapshotExample([])],
    ['that is only no longer sure', snapshotExample([session()]), snapshotExample([unseen])],
    [
      'that may have outlived the browser',
      snapshotExample([session()]),
      snapshotExample([], { leftovers: [leftover] }),
    ],
    [
      'by the agent’s signing out',
      snapshotExample([session()]),
      snapshotExample([], { signIn: { state: 'signed_out', webSessionLeft: false } }),
    ],
  ])('no session has ended %s', (_when, before, next) => {
    expect(names(before, next)).toEqual([]);
  });
});
