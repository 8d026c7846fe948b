import type { LaunchId } from '../../../contract/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordedLaunch } from '../../ports/ledger.ts';
import { releaseDuty } from '../../ports/release-duty.ts';
import type { TenantLogEntry } from '../../ports/tenant.ts';
import {
  type AttributedSession,
  attributeSessions,
  CLOCK_MARGIN_MILLISECONDS,
  type FoundSession,
  redemptionOf,
  SESSION_EVENTS,
  sessionIdsOf,
  sessionsIn,
} from './attribute-sessions.ts';
import { endTenantSession, isFinal, type SessionDependencies } from './end-tenant-session.ts';
import { FOLLOWER, isOver, settleSession } from './settle-session.ts';

/** The least between two searches of the log. */
export const SEARCH_MILLISECONDS = 1_000;
/** Between two looks while nothing is expected soon. */
const RESTING_MILLISECONDS = 5_000;
/** How long after its token was issued a launch is expected to show in the log any second. */
const EXPECTED_MILLISECONDS = 2 * 60 * 1000;
const DUTY = 'follow_log';
/** How long this process has the duty before another one may take it. */
const DUTY_MILLISECONDS = 15_000;

export type FollowerDependencies = SessionDependencies & {
  readonly clock: Clock;
  /** The post-login Action writes the launch into the session's metadata, and the plan shows it. */
  readonly sessionMetadata: boolean;
};

/** Follows the tenant's log for a database. Neither call rejects. */
export type LogFollower = {
  /** Looks once at whatever is due; gives the milliseconds after which to look again. */
  readonly look: () => Promise<number>;
  /** Leaves the duty to whoever asks next, for instance the backend that takes over from this one. */
  readonly release: () => Promise<void>;
};

const dueAt = ({ launch }: RecordedLaunch): number => Date.parse(launch.lookDueUntil ?? '') || 0;

/**
 * Makes the one follower of the tenant's log for a database: it searches for delegated sessions of all
 * launches at once, at most once a second and only while a look is due, with a window of time that overlaps
 * the last one, for entries come late and out of order. It confirms launches, deletes the sessions of those
 * that are over, and leaves as unconfirmed what the log did not show in time.
 */
export const createLogFollower = (deps: FollowerDependencies): LogFollower => {
  const { ledger, tenant, clock, log } = deps;
  const entries = new Map<string, TenantLogEntry>();
  /** Of each session that was settled, the launches that it was settled for, and whether they were over. */
  const settled = new Map<string, string>();
  const written = new Map<string, LaunchId>();
  const askedFor = new Set<string>();
  /** Older entries than this are still to be read; the newest page was full. */
  let unreadBefore: Date | undefined;
  let wentBack = false;

  const readLog = async (since: Date): Promise<void> => {
    const goesBack = unreadBefore !== undefined && !wentBack;
    wentBack = goesBack;
    const page = await tenant.log.search({
      types: SESSION_EVENTS,
      since,
      ...(goesBack && unreadBefore && { until: unreadBefore }),
    });
    for (const entry of page.entries) {
      entries.set(entry.id, entry);
    }
    if (goesBack || unreadBefore === undefined) {
      unreadBefore = page.more ? page.entries.at(-1)?.at : undefined;
    }
  };

  const forgetBefore = (since: Date): void => {
    for (const [id, { at }] of entries) {
      if (at < since) {
        entries.delete(id);
      }
    }
    const known = new Set(sessionsIn(entries.values()).map(({ key }) => key));
    for (const memory of [settled, askedFor, written]) {
      for (const key of memory.keys()) {
        if (!known.has(key)) {
          memory.delete(key);
        }
      }
    }
  };

  const attribute = async (
    found: readonly FoundSession[],
    launches: readonly RecordedLaunch[],
  ): Promise<readonly AttributedSession[]> => {
    const sharing = await ledger.listSharing(sessionIdsOf(found));
    const attributed = attributeSessions(found, launches, { written, sharing });
    if (!deps.sessionMetadata) {
      return attributed;
    }
    const unread = attributed.filter(
      (session) => !askedFor.has(session.key) && !('by' in session && session.by === 'actor'),
    );
    for (const { key, sessionId } of unread) {
      const session = sessionId === undefined ? 'gone' : await tenant.sessions.look(sessionId);
      askedFor.add(key);
      if (typeof session === 'object' && session.launchId) {
        written.set(key, session.launchId);
      }
    }
    return unread.length === 0
      ? attributed
      : attributeSessions(found, launches, { written, sharing });
  };

  const settleAll = async (due: readonly RecordedLaunch[]): Promise<void> => {
    const since = new Date(Math.min(...due.map((recorded) => redemptionOf(recorded)?.from ?? 0)));
    await readLog(since);
    forgetBefore(since);
    const until = new Date(clock().getTime() + CLOCK_MARGIN_MILLISECONDS);
    const launches = await ledger.listRedeemable(since, until);
    for (const session of await attribute(sessionsIn(entries.values()), launches)) {
      const of = 'owner' in session ? [session.owner] : session.candidates;
      const states = of.map((each) => `${each.launch.id}:${isOver(each)}`).join(' ');
      if (settled.get(session.key) !== states && (await settleSession(deps, session))) {
        settled.set(session.key, states);
      }
    }
  };

  const endKnown = async (recorded: RecordedLaunch, sessionId: string): Promise<void> => {
    const verdict = await endTenantSession(deps, [recorded], sessionId);
    if (verdict !== recorded.launch.tenantSession) {
      await ledger.advance({
        type: 'session_found',
        launchId: recorded.launch.id,
        requestId: FOLLOWER,
        sessionId,
        tenantSession: verdict,
        ...(isFinal(verdict) && { lookOver: true }),
      });
    }
  };

  const look = async (): Promise<number> => {
    if (!(await ledger.holdDuty(DUTY, DUTY_MILLISECONDS))) {
      return RESTING_MILLISECONDS;
    }
    const now = clock().getTime();
    const looked = await ledger.listLookedFor(new Date(now));
    const due = looked.filter((recorded) => dueAt(recorded) > now);
    for (const { launch } of looked.filter((recorded) => dueAt(recorded) <= now)) {
      const outcome = await ledger.advance({
        type: 'launch_unconfirmed',
        launchId: launch.id,
        requestId: FOLLOWER,
      });
      if (outcome === 'recorded') {
        log.warn('launch_unconfirmed', { launchId: launch.id });
      }
    }
    for (const recorded of due) {
      const { sessionId, launch } = recorded;
      const isOpen = !isFinal(launch.tenantSession) && launch.tenantSession !== 'unknown';
      if (sessionId !== undefined && isOver(recorded) && isOpen) {
        await endKnown(recorded, sessionId);
      }
    }
    const unresolved = due.filter(
      (recorded) => recorded.sessionId === undefined && redemptionOf(recorded) !== undefined,
    );
    if (unresolved.length === 0) {
      entries.clear();
      return RESTING_MILLISECONDS;
    }
    await settleAll(unresolved);
    const isExpected = unresolved.some(
      ({ issuedAt }) => issuedAt !== undefined && now - issuedAt.getTime() < EXPECTED_MILLISECONDS,
    );
    return isExpected ? SEARCH_MILLISECONDS : RESTING_MILLISECONDS;
  };

  return {
    look: async () => {
      try {
        return await look();
      } catch (error) {
        log.warn('look_failed', { cause: error instanceof Error ? error.name : 'unknown' });
        return RESTING_MILLISECONDS;
      }
    },
    release: () => releaseDuty(ledger, DUTY, log),
  };
};
