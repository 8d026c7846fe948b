/** Wraps a task so that calls during a run share that run's result. */
export const singleFlight = <Value>(task: () => Promise<Value>): (() => Promise<Value>) => {
  let running: Promise<Value> | undefined;
  return () => {
    running ??= task().finally(() => {
      running = undefined;
    });
    return running;
  };
};
