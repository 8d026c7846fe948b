/** Long enough to put the telling after the step that changed something, too short to be seen. */
const AFTER_THE_STEP_MILLISECONDS = 15;

/**
 * Makes a function that tells open views about a change. It comes a moment later, so that a launch
 * does not wait for the views, and tells all changes until then at once.
 */
export const createBroadcast = (
  delay: (milliseconds: number) => Promise<void>,
  tell: () => Promise<void>,
): (() => void) => {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    running = true;
    do {
      await delay(AFTER_THE_STEP_MILLISECONDS);
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
