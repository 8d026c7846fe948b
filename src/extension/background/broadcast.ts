/**
 * Makes a function that tells open views about a change. Changes during a run are told together by
 * one more run, so that a burst costs two messages.
 */
export const createBroadcast = (tell: () => Promise<void>): (() => void) => {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      await tell();
    } while (again);
    running = false;
  };
  return () => {
    again = true;
    if (!running) void run();
  };
};
