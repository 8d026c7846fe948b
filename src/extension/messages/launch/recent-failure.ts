import type { LaunchStatus } from './launch-status.ts';

const FAILED: readonly LaunchStatus['state'][] = ['refused', 'failed', 'interrupted', 'not_landed'];

/** A failed launch is shown instead of the search for this long after it was requested, in milliseconds. */
const RECENT_MILLISECONDS = 5 * 60_000;

/** Tells whether a launch failed so recently that the agent is to be told first; `now` is in milliseconds. */
export const isRecentFailure = (
  { state, requestedAt }: Pick<LaunchStatus, 'state' | 'requestedAt'>,
  now: number,
): boolean => FAILED.includes(state) && now - Date.parse(requestedAt) < RECENT_MILLISECONDS;
