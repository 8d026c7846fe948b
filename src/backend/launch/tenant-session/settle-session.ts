import { OVER_STATES, stateAfter } from '../../../contract/launch-transitions.ts';
import type { RecordedLaunch } from '../../ports/ledger.ts';
import type { AttributedSession } from './attribute-sessions.ts';
import { endTenantSession, isFinal, type SessionDependencies } from './end-tenant-session.ts';

/** How long Auth0 lets a delegated session live; it is fixed there. */
const SESSION_MILLISECONDS = 2 * 60 * 60 * 1000;
/** What the follower's rows have in place of a request's id. */
export const FOLLOWER = 'tenant_log';

/** Whether nobody wants a session of this launch any more. */
export const isOver = ({ launch }: RecordedLaunch): boolean => OVER_STATES.includes(launch.state);

const base = ({ launch }: RecordedLaunch) => ({ launchId: launch.id, requestId: FOLLOWER });

const withSessionId = (sessionId: string | undefined) =>
  sessionId === undefined ? {} : { sessionId };

/** When a session is over: as Auth0 limits it, and never later than what was granted. */
const endOf = ({ launch }: RecordedLaunch, begunAt: Date): Date => {
  const granted = Date.parse(launch.sessionEndsAt ?? '');
  const longest = begunAt.getTime() + SESSION_MILLISECONDS;
  return new Date(Number.isNaN(granted) ? longest : Math.min(granted, longest));
};

const settleOwned = async (
  deps: SessionDependencies,
  session: Extract<AttributedSession, { owner: unknown }>,
): Promise<void> => {
  const { owner, by, sessionId, entry } = session;
  const sessionEndsAt = endOf(owner, entry.at);
  if (sessionId !== undefined && owner.sessionId === sessionId) {
    return;
  }
  if (isOver(owner)) {
    const verdict = sessionId ? await endTenantSession(deps, [owner], sessionId) : 'unknown';
    await deps.ledger.advance({
      ...base(owner),
      type: 'session_found',
      ...withSessionId(sessionId),
      foundBy: by,
      sessionEndsAt,
      tenantSession: verdict,
      ...(isFinal(verdict) && { lookOver: true }),
    });
    return;
  }
  const isTaken =
    sessionId !== undefined && (await deps.ledger.listBySession(sessionId)).length > 0;
  if (isTaken) {
    return;
  }
  if (stateAfter(owner.launch.state, 'confirmed') !== undefined) {
    await deps.ledger.advance({
      ...base(owner),
      type: 'launch_confirmed',
      confirmedBy: by,
      ...withSessionId(sessionId),
      sessionEndsAt,
      ...(sessionId !== undefined && { lookOver: true }),
    });
  } else if (sessionId !== undefined && owner.sessionId === undefined) {
    // The entry that confirmed the launch had no session id; this one has.
    await deps.ledger.advance({
      ...base(owner),
      type: 'session_found',
      sessionId,
      foundBy: by,
      lookOver: true,
    });
  }
};

const settleShared = async (
  deps: SessionDependencies,
  { candidates, sessionId }: Extract<AttributedSession, { candidates: unknown }>,
): Promise<boolean> => {
  const isDeleted = candidates.every(isOver) && sessionId !== undefined;
  const verdict = isDeleted ? await endTenantSession(deps, candidates, sessionId) : undefined;
  const isNews = ({ launch }: RecordedLaunch) =>
    launch.ambiguous !== true || (verdict !== undefined && launch.tenantSession !== verdict);
  for (const candidate of candidates.filter(isNews)) {
    await deps.ledger.advance({
      ...base(candidate),
      type: 'session_found',
      ...withSessionId(sessionId),
      ambiguous: true,
      ...(verdict && { tenantSession: verdict }),
    });
  }
  return !isDeleted || isFinal(verdict);
};

/**
 * Does what a session in the tenant's log asks for, and records it: it confirms the one launch that made
 * it; it is deleted when every launch that can have made it is over; else those launches are ambiguous. Gives
 * whether there is nothing left to do while those launches stay as they are.
 * @throws as {@link endTenantSession}; it can be called again for the same session.
 */
export const settleSession = async (
  deps: SessionDependencies,
  session: AttributedSession,
): Promise<boolean> => {
  if ('candidates' in session) {
    return settleShared(deps, session);
  }
  await settleOwned(deps, session);
  return true;
};
