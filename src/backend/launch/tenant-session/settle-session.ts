import type { TenantSession } from '../../../contract/launch.ts';
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

/**
 * Deletes a session that several launches can have made, once all of them are over, and records what is new to each of
 * them. Gives what became of it; `undefined` while one of them is not over, or where the log has no session id.
 * @throws as {@link endTenantSession}
 */
export const settleShared = async (
  deps: SessionDependencies,
  { candidates, recordedFor, sessionId }: Extract<AttributedSession, { candidates: unknown }>,
  areOver: boolean,
): Promise<TenantSession | undefined> => {
  const verdict =
    areOver && sessionId !== undefined
      ? await endTenantSession(deps, candidates, sessionId)
      : undefined;
  const isRecorded = ({ launch }: RecordedLaunch) =>
    sessionId === undefined ? launch.ambiguous === true : recordedFor.includes(launch.id);
  const isNews = (candidate: RecordedLaunch) =>
    !isRecorded(candidate) || (verdict !== undefined && candidate.launch.tenantSession !== verdict);
  for (const candidate of candidates.filter(isNews)) {
    await deps.ledger.advance({
      ...base(candidate),
      type: 'session_found',
      ...withSessionId(sessionId),
      ambiguous: true,
      ...(verdict && { tenantSession: verdict }),
    });
  }
  return verdict;
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
    const verdict = await settleShared(deps, session, session.candidates.every(isOver));
    return verdict === undefined || isFinal(verdict);
  }
  await settleOwned(deps, session);
  return true;
};
