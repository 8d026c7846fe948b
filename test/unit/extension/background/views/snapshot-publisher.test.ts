import { describe, expect, test } from 'vitest';
import { createSnapshotPublisher } from '../../../../../src/extension/background/views/snapshot-publisher.ts';
import { EMPTY_DRAFT } from '../../../../../src/extension/messages/launch/empty-draft.ts';
import type { Snapshot } from '../../../../../src/extension/messages/snapshot.ts';
import { fakeTimers, settled } from '../fakes.ts';

const SNAPSHOT: Snapshot = {
  backend: { managed: false },
  signIn: { state: 'signed_out', webSessionLeft: false },
  sessions: [],
  leftovers: [],
  setUp: { due: false, declined: false },
  recents: [],
  places: [],
  draft: EMPTY_DRAFT,
};

const publisher = (collect: () => Promise<Snapshot> = async () => SNAPSHOT) => {
  const { delay, advance } = fakeTimers();
  const written: unknown[] = [];
  const cell = {
    write: async (snapshot: Snapshot) => void written.push(snapshot),
    erase: async () => void written.push('erased'),
  };
  return {
    ...createSnapshotPublisher({ collect, cell, debounce: () => delay(15) }),
    written,
    advance,
  };
};

describe('the published snapshot', () => {
  test('is written once for all changes of a step', async () => {
    const { changed, written, advance } = publisher();
    changed();
    changed();
    expect(written).toEqual([]);
    await advance(15);
    expect(written).toEqual([SNAPSHOT]);
  });

  test('is written again for a change during the writing', async () => {
    const collected = Promise.withResolvers<Snapshot>();
    const { changed, written, advance } = publisher(() => collected.promise);
    changed();
    await advance(15);
    changed();
    collected.resolve(SNAPSHOT);
    await advance(15);
    await advance(15);
    expect(written).toHaveLength(2);
  });

  test('is written for the next change after it could not be collected', async () => {
    let calls = 0;
    const { changed, written, advance } = publisher(async () => {
      calls += 1;
      if (calls === 1) {
        throw new Error('The storage did not answer.');
      }
      return SNAPSHOT;
    });
    changed();
    await advance(15);
    changed();
    await advance(15);
    expect(written).toEqual([SNAPSHOT]);
  });

  test('holds nothing that its schema does not name, such as a token', async () => {
    const { publish, written } = publisher(async () => {
      const more = { ...SNAPSHOT, tokens: { accessToken: 'at' } };
      return more;
    });
    expect(await publish()).toEqual(SNAPSHOT);
    expect(written).toEqual([SNAPSHOT]);
  });

  test('is not written when its shape is wrong', async () => {
    const wrong: Snapshot = JSON.parse('{"backend":{}}');
    const { publish, written } = publisher(async () => wrong);
    await expect(publish()).rejects.toThrow();
    expect(written).toEqual([]);
  });

  test('is not written when the cell was erased while it was collected', async () => {
    const collected = Promise.withResolvers<Snapshot>();
    const { publish, erase, written } = publisher(() => collected.promise);
    const published = publish();
    await settled();
    await erase();
    collected.resolve(SNAPSHOT);
    await published;
    expect(written).toEqual(['erased']);
  });
});
