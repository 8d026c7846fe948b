/** Runs tasks one after the other, in the order in which they came. */
export type Serial = <Value>(task: () => Promise<Value>) => Promise<Value>;

/** Makes a queue of its own: a read-change-write on storage goes through one, or two would overtake each other. */
export const createSerial = (): Serial => {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    // The next task runs whether this one failed or not; who asked for this one gets the failure.
    last = result.catch(() => undefined);
    return result;
  };
};
