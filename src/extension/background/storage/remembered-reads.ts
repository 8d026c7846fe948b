import type { StorageArea } from '../../browser/storage.ts';

/** Calls back with the keys that were changed in a storage area, by whomever. */
export type OnKeysChanged = (listener: (keys: readonly string[]) => void) => void;

/**
 * Wraps a storage area so that a value that was read is not asked for again until it changes: each read goes
 * through the browser's own process, and a launch makes dozens. A value is given as the browser gave it, so its
 * reader checks it each time.
 */
export const rememberReads = (area: StorageArea, onKeysChanged: OnKeysChanged): StorageArea => {
  const known = new Map<string, Promise<unknown>>();
  const forget = (keys: readonly string[]): void => {
    for (const key of keys) {
      known.delete(key);
    }
  };
  // What the worker writes is forgotten twice: at once, and when the browser says that it changed.
  onKeysChanged(forget);
  return {
    get: (key) => {
      const before = known.get(key);
      if (before) {
        return before;
      }
      const value = area.get(key);
      known.set(key, value);
      value.catch(() => known.delete(key));
      return value;
    },
    set: (key, value) => {
      forget([key]);
      return area.set(key, value);
    },
    remove: (keys) => {
      forget(keys);
      return area.remove(keys);
    },
    clear: () => {
      known.clear();
      return area.clear();
    },
  };
};
