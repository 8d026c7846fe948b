import { expect, test } from 'vitest';
import { createDebounce } from '../../../../../src/extension/background/storage/debounce.ts';

test('views are brought up to date at once, and less often while a customer’s tab is opening', async () => {
  const waits: number[] = [];
  let isBusy = false;
  const debounce = createDebounce(
    async (milliseconds) => {
      waits.push(milliseconds);
    },
    () => isBusy,
  );
  await debounce();
  isBusy = true;
  await debounce();
  expect(waits).toEqual([15, 200]);
});
