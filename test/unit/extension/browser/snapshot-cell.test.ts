import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createSnapshotCell } from '../../../../src/extension/browser/snapshot-cell.ts';

type Change = { newValue?: unknown };

let values: Map<string, unknown>;
let listeners: ((changes: Record<string, Change>) => void)[];
const tell = (change: Record<string, Change>): void => {
  for (const listener of listeners) {
    listener(change);
  }
};

beforeEach(() => {
  values = new Map();
  listeners = [];
  const session = {
    get: async (key: string) => (values.has(key) ? { [key]: values.get(key) } : {}),
    set: async (entries: Record<string, unknown>) => {
      for (const [key, newValue] of Object.entries(entries)) {
        values.set(key, newValue);
        tell({ [key]: { newValue } });
      }
    },
    remove: async (key: string) => {
      values.delete(key);
      tell({ [key]: {} });
    },
    onChanged: { addListener: (listener: (typeof listeners)[number]) => listeners.push(listener) },
  };
  vi.stubGlobal('chrome', { storage: { session } });
});

const cellOf = (build: string) => createSnapshotCell<{ text: string }>(build);

describe('the snapshot cell', () => {
  test('gives what the same build wrote', async () => {
    await cellOf('a').write({ text: 'hello' });
    expect(await cellOf('a').read()).toEqual({ text: 'hello' });
  });

  test('is empty at first', async () => {
    expect(await cellOf('a').read()).toBeUndefined();
  });

  test('gives nothing that another build wrote', async () => {
    await cellOf('b').write({ text: 'hello' });
    expect(await cellOf('a').read()).toBeUndefined();
  });

  test('gives nothing after it was erased', async () => {
    await cellOf('a').write({ text: 'hello' });
    await cellOf('a').erase();
    expect(await cellOf('a').read()).toBeUndefined();
  });

  test('tells of what the same build writes, and of nothing else', async () => {
    const told: unknown[] = [];
    cellOf('a').onWritten((snapshot) => told.push(snapshot));
    await cellOf('a').write({ text: 'hello' });
    await cellOf('b').write({ text: 'from another build' });
    await cellOf('a').erase();
    tell({ tokens: { newValue: { accessToken: 'at' } } });
    expect(told).toEqual([{ text: 'hello' }]);
  });
});
