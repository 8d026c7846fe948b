import { describe, expect, test } from 'vitest';
import { rememberReads } from '../../../../../src/extension/background/storage/remembered-reads.ts';
import { memoryArea } from '../fakes.ts';

const remembering = (initial: Record<string, unknown> = {}) => {
  const { values, ...memory } = memoryArea(initial);
  const asked: string[] = [];
  const browser = {
    ...memory,
    get: (key: string) => {
      asked.push(key);
      return memory.get(key);
    },
  };
  let changed: (keys: readonly string[]) => void = () => undefined;
  const area = rememberReads(browser, (listener) => {
    changed = listener;
  });
  return { area, browser, values, asked, changed: (keys: readonly string[]) => changed(keys) };
};

describe('a storage area whose reads are remembered', () => {
  test('asks the browser once for what is read again and again', async () => {
    const { area, asked } = remembering({ launches: [1] });
    expect(await area.get('launches')).toEqual([1]);
    expect(await area.get('launches')).toEqual([1]);
    expect(asked).toEqual(['launches']);
  });

  test('remembers also that there is nothing', async () => {
    const { area, asked } = remembering();
    expect(await area.get('launches')).toBeUndefined();
    expect(await area.get('launches')).toBeUndefined();
    expect(asked).toEqual(['launches']);
  });

  test('gives what was written, also while it is being written', async () => {
    const { area } = remembering({ launches: [1] });
    await area.get('launches');
    const written = area.set('launches', [2]);
    expect(await area.get('launches')).toEqual([2]);
    await written;
    expect(await area.get('launches')).toEqual([2]);
  });

  test('gives nothing of what was removed', async () => {
    const { area } = remembering({ tokens: 'a', draft: 'b' });
    await Promise.all([area.get('tokens'), area.get('draft')]);
    await area.remove(['tokens']);
    expect(await area.get('tokens')).toBeUndefined();
    await area.clear();
    expect(await area.get('draft')).toBeUndefined();
  });

  test('gives what another part of the extension wrote, once the browser has told of it', async () => {
    const { area, browser, changed } = remembering({ recents: ['nora'] });
    await area.get('recents');
    await browser.set('recents', ['uma']);
    changed(['recents']);
    expect(await area.get('recents')).toEqual(['uma']);
  });

  test('asks again after a read that failed', async () => {
    const answers = [() => Promise.reject(new Error('gone')), () => Promise.resolve('there')];
    const area = rememberReads(
      { ...memoryArea(), get: () => answers.shift()?.() ?? Promise.resolve(undefined) },
      () => undefined,
    );
    await expect(area.get('launches')).rejects.toThrow('gone');
    expect(await area.get('launches')).toBe('there');
  });
});
