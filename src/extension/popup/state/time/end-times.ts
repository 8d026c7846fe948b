import type { Snapshot } from '../../../messages/snapshot.ts';

/**
 * Gives the snapshot without the sessions that are over by now, in milliseconds since the epoch. The
 * worker that would say so may have been stopped long ago.
 */
export const withinEndTimes = (snapshot: Snapshot, now: number): Snapshot => {
  const sessions = snapshot.sessions.filter(
    ({ sessionEndsAt }) => sessionEndsAt === undefined || Date.parse(sessionEndsAt) > now,
  );
  return sessions.length === snapshot.sessions.length ? snapshot : { ...snapshot, sessions };
};
