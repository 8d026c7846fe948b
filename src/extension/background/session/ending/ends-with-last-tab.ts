import * as z from 'zod/mini';
import type { StorageArea } from '../../../browser/storage.ts';
import type { Managed } from '../../../messages/set-up/managed-settings.ts';
import { storedValue } from '../../storage/stored-value.ts';

/** Whether closing a session's last tab ends it: the company's choice if its policy makes one, else the agent's. */
export const createEndsWithLastTab = (local: StorageArea, managed: () => Promise<Managed>) => {
  const chosen = storedValue(local, 'endsWithLastTab', z.boolean());
  return {
    read: async (): Promise<boolean> =>
      (await managed()).endWithLastTab ?? (await chosen.read()) ?? false,
    /** Keeps the agent's choice; it holds as long as the company makes none. */
    choose: chosen.write,
  };
};
