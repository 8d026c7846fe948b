import type { SnapshotCell } from '../../browser/snapshot-cell.ts';
import { inBackground } from '../../in-background.ts';
import { type Snapshot, snapshotSchema } from '../../messages/snapshot.ts';
import { createSerial } from '../storage/serial.ts';

type Dependencies = {
  readonly collect: () => Promise<Snapshot>;
  readonly cell: Pick<SnapshotCell<Snapshot>, 'write' | 'erase'>;
  readonly debounce: () => Promise<void>;
};

/** Keeps what views show in the snapshot cell. */
export type SnapshotPublisher = {
  /**
   * Says that something changed. The snapshot is written a little later, so that a launch does not wait
   * for the views, and once for all changes until then. One that fails does not stop the next.
   */
  readonly changed: () => void;
  /** Writes the snapshot as it is now and gives it. */
  readonly publish: () => Promise<Snapshot>;
  /**
   * Empties the cell until the next change: whoever signs out, or uses another backend, does this before
   * anything else. A snapshot that was being collected is not written any more.
   */
  readonly erase: () => Promise<void>;
};

/** Makes the {@link SnapshotPublisher}. Nothing that the snapshot's schema does not name gets into the cell. */
export const createSnapshotPublisher = ({
  collect,
  cell,
  debounce,
}: Dependencies): SnapshotPublisher => {
  const serial = createSerial();
  let erasures = 0;
  let isRunning = false;
  let isDue = false;

  const publish = (): Promise<Snapshot> =>
    serial(async () => {
      const erasuresBefore = erasures;
      const snapshot = snapshotSchema.parse(await collect());
      if (erasures === erasuresBefore) {
        await cell.write(snapshot);
      }
      return snapshot;
    });

  const run = async (): Promise<void> => {
    isRunning = true;
    while (isDue) {
      await debounce();
      isDue = false;
      await publish().catch((error: unknown) => {
        // Only the kind of the error: its text could hold a customer's data.
        console.error('The snapshot was not written.', error instanceof Error ? error.name : '');
      });
    }
    isRunning = false;
  };

  return {
    publish,
    changed: () => {
      isDue = true;
      if (!isRunning) {
        inBackground(run(), 'writing the snapshot');
      }
    },
    erase: () => {
      erasures += 1;
      return cell.erase();
    },
  };
};
