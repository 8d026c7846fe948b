import {
  type LaunchStatus,
  launchStatusSchema,
  type Standing,
} from '../../messages/launch-status.ts';
import { endingOf, type LaunchRecord } from './launch-record.ts';

/** The backend searches the tenant's log about so long for a session that nobody saw, unless it says otherwise. */
const SEARCH_MILLISECONDS = 5 * 60_000;

/**
 * Tells whether a launch that did not land may have a session all the same: its tab was opened, or the worker
 * stopped when it may have been, and the tenant's log has not said anything yet.
 */
const mayHaveSession = (
  record: Extract<LaunchRecord, { state: 'not_landed' | 'interrupted' }>,
  now: number,
): boolean => {
  if (record.ambiguous) {
    return true;
  }
  if ('diagnosis' in record && record.diagnosis) {
    return false;
  }
  const { problem } = record;
  const wasStopped = problem?.source === 'extension' && problem.code === 'interrupted';
  if (problem && !wasStopped) {
    return false;
  }
  const until =
    record.lookDueUntil === undefined
      ? Date.parse(record.requestedAt) + SEARCH_MILLISECONDS
      : Date.parse(record.lookDueUntil);
  return now < until;
};

/** Tells whether anybody saw the customer's session: the extension, the tenant's log or the agent. */
const wasSeen = (record: LaunchRecord): boolean =>
  (record.state === 'landed' || record.state === 'confirmed' || record.landedBy !== undefined) &&
  !record.ambiguous &&
  !record.restored;

/** Tells whether the time that Auth0 gives a delegated session is over. */
export const isExpired = ({ sessionEndsAt }: LaunchRecord, now: number): boolean =>
  sessionEndsAt !== undefined && Date.parse(sessionEndsAt) <= now;

/** What a launch is to the agent at a time, in milliseconds. Nothing else decides this. */
export const standingOf = (record: LaunchRecord, now: number): Standing => {
  if (endingOf(record)) {
    return 'ending';
  }
  switch (record.state) {
    case 'requested':
    case 'issued':
      return 'launching';
    case 'opened':
    case 'landed':
    case 'confirmed':
    case 'unconfirmed':
      if (isExpired(record, now)) {
        return 'ending';
      }
      return wasSeen(record) ? 'acting' : 'not_verified';
    case 'not_landed':
    case 'interrupted':
      return mayHaveSession(record, now) && !isExpired(record, now) ? 'not_verified' : 'over';
    case 'ended':
      return record.verdict?.result === 'pending' && isSearched(record, now) ? 'ending' : 'over';
    case 'refused':
    case 'failed':
      return 'over';
  }
};

/** Tells whether the tenant is still searched for the session of a launch that has ended. */
const isSearched = ({ lookDueUntil, sessionEndsAt }: LaunchRecord, now: number): boolean => {
  const until = lookDueUntil ?? sessionEndsAt;
  return until === undefined || now < Date.parse(until);
};

/** Tells whether a launch has a customer's session, or may have one, that nobody has ended. */
export const isActive = (record: LaunchRecord, now: number): boolean => {
  const standing = standingOf(record, now);
  const isOngoing = standing === 'acting' || standing === 'not_verified';
  return isOngoing || (standing === 'ending' && record.state !== 'ended');
};

/** What a view may know of a launch. */
export const statusOf = (record: LaunchRecord, now: number): LaunchStatus => {
  const { sessionEndsAt, ...rest } = record;
  const isSeen = wasSeen(record) && sessionEndsAt !== undefined;
  return launchStatusSchema.parse({
    ...rest,
    standing: standingOf(record, now),
    ...(isSeen && { sessionEndsAt }),
  });
};
