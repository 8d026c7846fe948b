import browser from 'webextension-polyfill';

/** A place for values by key. What comes out was not checked: another version may have written it. */
export type StorageArea = {
  readonly get: (key: string) => Promise<unknown>;
  readonly set: (key: string, value: unknown) => Promise<void>;
  readonly remove: (keys: readonly string[]) => Promise<void>;
  readonly clear: () => Promise<void>;
};

const areaOf = (area: 'local' | 'session'): StorageArea => ({
  get: async (key) => (await browser.storage[area].get(key))[key],
  set: (key, value) => browser.storage[area].set({ [key]: value }),
  remove: (keys) => browser.storage[area].remove([...keys]),
  clear: () => browser.storage[area].clear(),
});

/** Survives a browser restart, on disk. Never holds a token or a customer's name. */
export const localStorageArea: StorageArea = areaOf('local');

/** In memory, gone when the browser closes. Only the extension's own pages and worker can read it: nobody ever opens it to content scripts. */
export const sessionStorageArea: StorageArea = areaOf('session');

/** Calls back with the keys that were changed in an area, by whichever part of the extension. */
export const onKeysChanged =
  (area: 'local' | 'session') =>
  (listener: (keys: readonly string[]) => void): void =>
    browser.storage.onChanged.addListener((changes, changedArea) => {
      if (changedArea === area) {
        listener(Object.keys(changes));
      }
    });

/** What the company's policy sets. For about three seconds after the browser's start, a read does not answer. */
export const managedStorage = {
  /** Gives every value that is set, or `undefined` where there is no policy. */
  read: async (): Promise<unknown> => {
    try {
      return await browser.storage.managed.get();
    } catch {
      // Firefox rejects when no policy was installed: that is the ordinary case, not a failure.
      return undefined;
    }
  },
  /** Calls back when the policy changed while the browser runs. */
  onChanged: (listener: () => void): void =>
    browser.storage.managed.onChanged.addListener(() => listener()),
};
