import { inBackground, logFailure } from '../../in-background.ts';

type Dependencies = {
  readonly debounce: () => Promise<void>;
  readonly task: () => Promise<unknown>;
  /** What the task does, for the log when it fails. */
  readonly what: string;
};

/**
 * Makes a function that has a task run a little later, once for all calls until then. A run that fails does
 * not stop the next one.
 */
export const coalesced = ({ debounce, task, what }: Dependencies): (() => void) => {
  let isRunning = false;
  let isDue = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    while (isDue) {
      await debounce();
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
