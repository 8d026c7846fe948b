import * as z from 'zod/mini';
import type { StorageArea } from '../../browser/storage.ts';
import { storedValue } from '../storage/stored-value.ts';

/**
 * What the company's policy sets. For about three seconds after its start a browser does not answer what
 * that is, so the last answer is kept on disk and used until then.
 */
export type ManagedPolicy = {
  /** The backend's address, as far as it is known; waits for the browser only when it never answered before. */
  readonly backendUrl: () => Promise<string | undefined>;
  /** Settles when the browser has answered this worker: before that, nothing is sent to a backend in a launch or sign-in. */
  readonly confirmed: () => Promise<void>;
};

type Dependencies = {
  readonly local: StorageArea;
  /** The browser's managed storage. */
  readonly managed: {
    readonly read: (key: string) => Promise<unknown>;
    readonly onChanged: (listener: () => void) => void;
  };
  /** Called when the policy turns out to be another one than was known. */
  readonly onChange: () => Promise<void>;
};

const KEY = 'backendUrl';

/** Makes the {@link ManagedPolicy}, and asks the browser at once. */
export const createManagedPolicy = ({ local, managed, onChange }: Dependencies): ManagedPolicy => {
  const known = storedValue(local, 'managedPolicy', z.object({ [KEY]: z.optional(z.string()) }));

  const refresh = async (): Promise<void> => {
    const value = await managed.read(KEY);
    const current = typeof value === 'string' ? { [KEY]: value } : {};
    const before = await known.read();
    if (before && before[KEY] === current[KEY]) {
      return;
    }
    await known.write(current);
    await onChange();
  };

  let latest = refresh();
  managed.onChanged(() => {
    latest = latest.then(refresh);
  });

  return {
    backendUrl: async () => {
      const cached = await known.read();
      if (cached) {
        return cached[KEY];
      }
      await latest;
      return (await known.read())?.[KEY];
    },
    confirmed: () => latest,
  };
};
