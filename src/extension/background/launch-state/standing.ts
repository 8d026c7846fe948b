import {
  type LaunchStatus,
  launchStatusSchema,
  type Standing,
} from '../../messages/launch/launch-status.ts';
import { endingOf, type LaunchRecord } from './launch-record.ts';

/** The backend searches the tenant's log about so long for a session that nobody saw, unless it says otherwise. */
const SEARCH_MILLISECONDS = 5 * 60_000;
/** What was found in the last moment of the search is asked for so long after it: once a minute at least. */
const LAST_ASK_MILLISECONDS = 60_000;

/** A launch whose tab nobody saw landing, or that nobody saw a tab of. */
type Unlanded = Extract<LaunchRecord, { state: 'not_landed' | 'interrupted' }>;

const isUnlanded = (record: LaunchRecord): record is Unlanded =>
  record.state === 'not_landed' || record.state === 'interrupted';

const isSearchedFor = ({ lookDueUntil, requestedAt }: Unlanded, now: number): boolean =>
  lookDueUntil === undefined
    ? now < Date.parse(requestedAt) + SEARCH_MILLISECONDS
    : now < Date.parse(lookDueUntil) + LAST_ASK_MILLISECONDS;

/**
 * Tells whether the tenant's log showed a session of a launch that did not land. The backend deletes such a
 * session there, but the app may have one of its own by then, and nobody has looked at it.
 */
const wasFound = (record: Unlanded): boolean =>
  record.ambiguous === true || record.tenantSession !== undefined;

/** Tells whether the tenant's log may still show a session of a launch that did not land. */
export const isLookedFor = (record: LaunchRecord, now: number): boolean =>
  isUnlanded(record) && !wasFound(record) && isSearchedFor(record, now);

/**
 * Tells whether a launch that did not land may have a session all the same: the tenant's log showed one; or
 * its tab was opened, or the worker stopped when it may have been, and the log has not said anything yet.
 */
const mayHaveSession = (record: Unlanded, now: number): boolean => {
  if (wasFound(record)) {
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
  return isSearchedFor(record, now);
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
  const { sessionEndsAt, tenantSession, ...rest } = record;
  const isSeen = wasSeen(record) && sessionEndsAt !== undefined;
  const isFound = isUnlanded(record) && tenantSession !== undefined;
  return launchStatusSchema.parse({
    ...rest,
    standing: standingOf(record, now),
    ...(isSeen && { sessionEndsAt }),
    ...(isFound && { tenantSession }),
  });
};
