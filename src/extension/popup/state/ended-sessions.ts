import type { LaunchStatus } from '../../messages/launch/launch-status.ts';
import type { Snapshot } from '../../messages/snapshot.ts';

/** Tells whether the agent was the customer in a session whose end nobody has seen yet. */
const isOngoing = ({ standing, state }: LaunchStatus): boolean =>
  standing === 'acting' || (standing === 'ending' && state !== 'ended');

/**
 * Gives the sessions that were going on in one snapshot and are over in the next. A session that nobody saw is
 * none of them, for it may never have been; nor is any when the agent signed out, or when the browser was restarted.
 */
export const endedBetween = (
  before: Snapshot | undefined,
  next: Snapshot,
): readonly LaunchStatus[] => {
  if (next.signIn.state !== 'signed_in') {
    return [];
  }
  const isOver = (id: string): boolean =>
    !next.leftovers.some(({ launchId }) => launchId === id) &&
    next.sessions.every((session) => session.id !== id || session.state === 'ended');
  return (before?.sessions ?? []).filter((session) => isOngoing(session) && isOver(session.id));
};
