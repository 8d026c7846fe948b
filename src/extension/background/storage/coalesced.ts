import { inBackground, logFailure } from '../../in-background.ts';

type Dependencies = {
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly task: () => Promise<unknown>;
  /** What the task does, for the log when it fails. */
  readonly what: string;
};

/** Debounce: lets the current step finish first, and is too short to be seen. */
const DEBOUNCE_MILLISECONDS = 15;

/**
 * Makes a function that has a task run a little later, once for all calls until then. A run that fails does
 * not stop the next one.
 */
export const coalesced = ({ delay, task, what }: Dependencies): (() => void) => {
  let isRunning = false;
  let isDue = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    while (isDue) {
      await delay(DEBOUNCE_MILLISECONDS);
      isDue = false;
      await task().catch(logFailure(what));
    }
    isRunning = false;
  };
  return () => {
    isDue = true;
    if (!isRunning) {
      inBackground(run(), what);
    }
  };
};
