import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import type { Snapshot } from '../../../messages/snapshot.ts';

const isPast = ({ sessionEndsAt }: LaunchStatus, now: number): boolean =>
  sessionEndsAt !== undefined && Date.parse(sessionEndsAt) <= now;

/** Tells whether a launch would be shown as if its session still went on. */
const looksOngoing = ({ state, ending }: LaunchStatus): boolean =>
  state !== 'ended' && ending === undefined;

/**
 * Gives the snapshot without the sessions that are over by now, in milliseconds since the epoch, and without the
 * launch of such a session until the worker ends it. The worker that would say so may have been stopped long ago.
 */
export const withinEndTimes = (snapshot: Snapshot, now: number): Snapshot => {
  const { launch, ...rest } = snapshot;
  const sessions = snapshot.sessions.filter((session) => !isPast(session, now));
  if (launch && isPast(launch, now) && looksOngoing(launch)) {
    return { ...rest, sessions };
  }
  return sessions.length === snapshot.sessions.length ? snapshot : { ...snapshot, sessions };
};
