// How long the worker waits for what it cannot hear of. The build that the end-to-end tests load waits a
// fraction of it, so that no test waits for a constant; a deadline that no test waits for is no part of this.

/** What every duration is multiplied with: 1 in all that ships. Put in by the build. */
declare const __TEST_PACE__: number;

const paced = (milliseconds: number): number => milliseconds * __TEST_PACE__;

/** A page that is not the app's must stay so long before it counts: some forward by themselves. */
export const AWAY_MILLISECONDS = paced(4_000);

/** An unwatched tab may have landed before it was closed: the tenant's log is given so long to say so. */
export const CLOSED_MILLISECONDS = paced(8_000);

/** A removal makes Chromium forget what a tab is on its way to, so a sign-in is let through first. */
export const SETTLED_MILLISECONDS = paced(4_000);

/**
 * Between two questions to the backend about one launch; two minutes and a half in all, after which the alarm asks
 * about every launch once a minute.
 */
export const POLL_MILLISECONDS: readonly number[] = [
  1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000, 15_000, 15_000, 15_000, 15_000,
  15_000,
].map(paced);
