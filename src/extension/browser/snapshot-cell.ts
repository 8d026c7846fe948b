declare const __BUILD__: string;

/** Which build this is, by a hash of its sources. Put in by the build. */
export const BUILD = __BUILD__;

const KEY = 'snapshot';

/**
 * The one place where the worker leaves what views show, so that a view can draw itself without waiting
 * for the worker. It is in `storage.session`: in memory, kept from content scripts, empty after the
 * browser or the extension was started again.
 *
 * The worker validates before it writes, and stamps its build. Worker and views of one build agree on the
 * shape, so a view takes a value with its own build's stamp as parsed, and none with another stamp.
 * The worker itself never reads it.
 */
export type SnapshotCell<Snapshot> = {
  readonly read: () => Promise<Snapshot | undefined>;
  readonly write: (snapshot: Snapshot) => Promise<void>;
  readonly erase: () => Promise<void>;
  /** Calls back with what is written from now on, not when it is erased. */
  readonly onWritten: (listener: (snapshot: Snapshot) => void) => void;
};

/** Makes the {@link SnapshotCell} of a build. */
export const createSnapshotCell = <Snapshot>(build: string): SnapshotCell<Snapshot> => {
  type Stamped = { readonly build: string; readonly snapshot: Snapshot };
  const ofThisBuild = (stamped: Stamped | undefined): Snapshot | undefined =>
    stamped?.build === build ? stamped.snapshot : undefined;
  return {
    read: async () =>
      ofThisBuild((await chrome.storage.session.get<{ [KEY]?: Stamped }>(KEY))[KEY]),
    write: (snapshot) => chrome.storage.session.set({ [KEY]: { build, snapshot } }),
    erase: () => chrome.storage.session.remove(KEY),
    onWritten: (listener) =>
      chrome.storage.session.onChanged.addListener(({ [KEY]: change }) => {
        const snapshot = ofThisBuild(change?.newValue as Stamped | undefined);
        if (snapshot) {
          listener(snapshot);
        }
      }),
  };
};
