/** Lets the current step finish first, and is too short to be seen. */
const SHORT_MILLISECONDS = 15;
/** Still within what the interface promises of the end of a session, see {@link createDebounce}. */
const BUSY_MILLISECONDS = 200;

/**
 * Makes the wait before views, badges and banners are brought up to date, so that several changes cost one
 * update. While a customer's tab is opening the wait is longer, for an update takes the browser's time from the
 * tab; it is never so long that the end of a session shows later than after 300 ms.
 */
export const createDebounce =
  (delay: (milliseconds: number) => Promise<void>, isBusy: () => boolean) => (): Promise<void> =>
    delay(isBusy() ? BUSY_MILLISECONDS : SHORT_MILLISECONDS);
