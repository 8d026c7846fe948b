import * as z from 'zod/mini';
import type { StorageArea } from '../../browser/storage.ts';
import { storedValue } from './stored-value.ts';

/** Whether the set-up screen is still to be shown in this browser, and whether its offers were declined for good. */
export const createSetUp = (local: StorageArea) => {
  const stored = storedValue(local, 'setUp', z.object({ declined: z.boolean() }));
  return {
    read: async (): Promise<{ due: boolean; declined: boolean }> => {
      const finished = await stored.read();
      return { due: finished === undefined, declined: finished?.declined ?? false };
    },
    finish: (declined: boolean): Promise<void> => stored.write({ declined }),
  };
};
