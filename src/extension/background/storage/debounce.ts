/** Lets the current step finish first, and is too short to be seen. */
const SHORT_MILLISECONDS = 15;
/** Within what the interface promises of the end of a session: that it shows within 300 ms. */
const BUSY_MILLISECONDS = 200;

/** Knows whether a launch is under way, and when its tab has loaded or there is news that must not wait for it. */
type Opening = {
  readonly isUnderWay: () => boolean;
  readonly untilAllLoaded: () => Promise<void>;
  readonly untilInterrupted: () => Promise<void>;
};

/**
 * Makes the wait before views, badges and banners are brought up to date, so that several changes cost one
 * update. While a customer's tab is opening the wait is longer, for an update takes the browser's time from the
 * tab.
 */
export const createDebounce =
  (delay: (milliseconds: number) => Promise<void>, opening: Opening) => async (): Promise<void> => {
    if (!opening.isUnderWay()) {
      return delay(SHORT_MILLISECONDS);
    }
    // Asked for before the first wait: news during that wait must not wait for the tab either.
    const interrupted = opening.untilInterrupted();
    await Promise.race([delay(BUSY_MILLISECONDS), interrupted]);
    await Promise.race([opening.untilAllLoaded(), interrupted]);
  };
