import type { AgentId } from '../../../contract/ids.ts';
import type { TenantSession } from '../../../contract/launch.ts';
import type { EndCause } from '../../../contract/launch-state.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordedLaunch } from '../../ports/ledger.ts';
import {
  attributeSessions,
  redemptionOf,
  SESSION_EVENTS,
  sessionIdsOf,
  sessionsIn,
} from './attribute-sessions.ts';
import { endTenantSession, isFinal, type SessionDependencies } from './end-tenant-session.ts';
import { isOver, settleShared } from './settle-session.ts';

export type CloseDependencies = SessionDependencies & {
  readonly clock: Clock;
  /** How late the tenant's log may be. */
  readonly logLagMilliseconds: number;
  /** Has the follower of the tenant's log look at once. */
  readonly lookSoon: () => void;
};

/** Who ends a launch, and why. */
export type Closing = {
  readonly cause: EndCause;
  /** Absent when the backend itself does. */
  readonly endedBy?: AgentId;
  readonly requestId: string;
};

/** Searches the log for the session of a launch that is to end, and deletes what belongs to launches that are over. */
const endUnknownSession = async (
  deps: CloseDependencies,
  ending: RecordedLaunch,
): Promise<{ readonly sessionId?: string; readonly verdict: TenantSession }> => {
  const redemption = redemptionOf(ending);
  if (!redemption) {
    return { verdict: 'unknown' };
  }
  const since = new Date(redemption.from);
  const until = new Date(redemption.until);
  const search = { types: SESSION_EVENTS, since, until, isForEnd: true };
  const { entries } = await deps.tenant.log.search(search);
  const launches = await deps.ledger.listRedeemable(since, until);
  const found = sessionsIn(entries);
  const sharing = await deps.ledger.listSharing(sessionIdsOf(found));
  const isEnding = ({ launch }: RecordedLaunch) => launch.id === ending.launch.id;
  for (const session of attributeSessions(found, launches, { written: new Map(), sharing })) {
    const owners = 'owner' in session ? [session.owner] : session.candidates;
    const { sessionId } = session;
    const isDeletable = owners.every((owner) => isEnding(owner) || isOver(owner));
    if (!owners.some(isEnding) || !isDeletable || sessionId === undefined) {
      continue;
    }
    if ('owner' in session) {
      return { verdict: await endTenantSession(deps, owners, sessionId), sessionId };
    }
    return { verdict: (await settleShared(deps, session, true)) ?? 'unknown' };
  }
  return { verdict: 'unknown' };
};

const endSession = async (
  deps: CloseDependencies,
  found: RecordedLaunch,
): Promise<{ readonly sessionId?: string; readonly verdict: TenantSession }> => {
  const { sessionId } = found;
  const { tenantSession } = found.launch;
  if (tenantSession && isFinal(tenantSession)) {
    return { verdict: tenantSession };
  }
  try {
    return sessionId === undefined
      ? await endUnknownSession(deps, found)
      : { sessionId, verdict: await endTenantSession(deps, [found], sessionId) };
  } catch (error) {
    const cause = error instanceof Error ? error.name : 'unknown';
    deps.log.warn('session_end_failed', { launchId: found.launch.id, cause });
    return { verdict: 'unknown', ...(sessionId !== undefined && { sessionId }) };
  }
};

/**
 * Ends a launch's session at the tenant and records the end, whatever the tenant said. A session that is not
 * known is looked for in the tenant's log first; while it can still appear there the verdict is `pending`,
 * and the follower goes on. Ending what has ended changes nothing but what is known of its session.
 * @throws {LedgerUnavailableError}
 */
export const closeLaunch = async (
  deps: CloseDependencies,
  found: RecordedLaunch,
  { cause, endedBy, requestId }: Closing,
): Promise<TenantSession> => {
  const { launch } = found;
  const now = deps.clock();
  const { sessionId, verdict } = await endSession(deps, found);
  const later = new Date(now.getTime() + deps.logLagMilliseconds);
  const lookDueUntil =
    sessionId !== undefined && !isFinal(verdict) ? later : new Date(launch.lookDueUntil ?? 0);
  const tenantSession = verdict === 'unknown' && lookDueUntil > now ? 'pending' : verdict;
  const news = {
    launchId: launch.id,
    requestId,
    ...(sessionId !== undefined && { sessionId }),
    tenantSession,
    ...(isFinal(verdict) && { lookOver: true as const }),
  };
  const outcome = await deps.ledger.advance({
    ...news,
    type: 'launch_ended',
    occurredAt: now,
    cause,
    ...(endedBy && { endedBy }),
    verifiedBy: verdict === 'gone' ? 'tenant' : 'nobody',
    lookDueUntil,
  });
  if (
    outcome === 'wrong_state' &&
    tenantSession !== launch.tenantSession &&
    sessionId !== undefined
  ) {
    await deps.ledger.advance({ ...news, type: 'session_found' });
  }
  deps.lookSoon();
  return tenantSession;
};
