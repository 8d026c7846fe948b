import { expect, test, vi } from 'vitest';
import { createDebounce } from '../../../../../src/extension/background/storage/debounce.ts';

const debounced = (isUnderWay: boolean, waited = Promise.resolve()) => {
  const waits: number[] = [];
  const loaded = Promise.withResolvers<void>();
  const interrupted = Promise.withResolvers<void>();
  const debounce = createDebounce(
    async (milliseconds) => {
      waits.push(milliseconds);
      await waited;
    },
    {
      isUnderWay: () => isUnderWay,
      untilAllLoaded: () => loaded.promise,
      untilInterrupted: () => interrupted.promise,
    },
  );
  return { debounce, waits, loaded, interrupted };
};

test('views are brought up to date at once where no launch is under way', async () => {
  const { debounce, waits } = debounced(false);
  await debounce();
  expect(waits).toEqual([15]);
});

test('views are brought up to date less often while a launch is under way, and not while its tab loads', async () => {
  const { debounce, waits, loaded } = debounced(true);
  const over = vi.fn();
  const debouncing = debounce().then(over);
  await vi.waitFor(() => expect(waits).toEqual([200]));
  expect(over).not.toHaveBeenCalled();
  loaded.resolve();
  await debouncing;
});

test('news while a launch is under way waits neither for the update nor for the tab', async () => {
  const { debounce, interrupted } = debounced(true, new Promise(() => undefined));
  const debouncing = debounce();
  interrupted.resolve();
  await expect(debouncing).resolves.toBeUndefined();
});
