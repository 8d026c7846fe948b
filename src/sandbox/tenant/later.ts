/** Runs a task once after a delay, in milliseconds; 0 is as soon as the current answer is out. */
export type Later = (delayInMilliseconds: number, task: () => Promise<void>) => void;

/** Real timers. They keep no process alive, and a task that fails is reported, not thrown. */
export const later: Later = (delayInMilliseconds, task) => {
  const run = () => {
    task().catch((error: unknown) => console.error('The tenant, later:', error));
  };
  setTimeout(run, delayInMilliseconds).unref();
};
