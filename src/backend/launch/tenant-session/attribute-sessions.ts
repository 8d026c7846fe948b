import { isIPv6 } from 'node:net';
import type { LaunchId } from '../../../contract/ids.ts';
import type { ConfirmedBy } from '../../../contract/launch-state.ts';
import type { RecordedLaunch } from '../../ports/ledger.ts';
import type { TenantLogEntry } from '../../ports/tenant.ts';

/** How far the tenant's clock and ours may differ, in milliseconds. */
export const CLOCK_MARGIN_MILLISECONDS = 30_000;

/** The log's events that show a delegated session. */
export const SESSION_EVENTS: readonly string[] = ['sdel', 'sdelsa'];

/** A delegated session in the tenant's log. */
export type FoundSession = {
  /** Its id, or that of the entry where the log has no session id. */
  readonly key: string;
  readonly sessionId?: string;
  readonly entry: TenantLogEntry;
};

/** What is known of sessions besides what the log tells. */
export type KnownOfSessions = {
  /** By session, the launch that our Action wrote into it. */
  readonly written: ReadonlyMap<string, LaunchId>;
  /** By session, the launches that it was recorded for as one of several that can have made it. */
  readonly sharing: ReadonlyMap<string, readonly LaunchId[]>;
};

/**
 * A session with the launches that can have made it: exactly one with the reason to believe so, or several, and for
 * which of them that was recorded before.
 */
export type AttributedSession = FoundSession &
  (
    | { readonly owner: RecordedLaunch; readonly by: ConfirmedBy }
    | { readonly candidates: readonly RecordedLaunch[]; readonly recordedFor: readonly LaunchId[] }
  );

/** One spelling for each address, so that short and long forms of IPv6 are equal. */
const canonicalAddress = (address: string): string =>
  isIPv6(address) ? (URL.parse(`http://[${address}]`)?.hostname ?? address) : address;

/** When a session of the launch can have begun, by the tenant's clock. */
export const redemptionOf = ({
  launch,
  issuedAt,
  redeemableUntil,
}: RecordedLaunch): { readonly from: number; readonly until: number } | undefined =>
  redeemableUntil && {
    from: (issuedAt?.getTime() ?? Date.parse(launch.requestedAt)) - CLOCK_MARGIN_MILLISECONDS,
    until: redeemableUntil.getTime() + CLOCK_MARGIN_MILLISECONDS,
  };

const isSamePerson = ({ launch }: RecordedLaunch, entry: TenantLogEntry): boolean =>
  entry.actor?.sub === launch.agentId &&
  entry.customerId === launch.customerId &&
  entry.clientId === launch.targetAppId;

/** Whether an entry can be of a launch by all that every tenant's log tells: people, app, place and time. */
const fits = (recorded: RecordedLaunch, entry: TenantLogEntry): boolean => {
  const redemption = redemptionOf(recorded);
  const at = entry.at.getTime();
  return (
    redemption !== undefined &&
    redemption.from <= at &&
    at <= redemption.until &&
    isSamePerson(recorded, entry) &&
    entry.organizationId === recorded.launch.organizationId &&
    entry.ip !== undefined &&
    recorded.agentIp !== undefined &&
    canonicalAddress(entry.ip) === canonicalAddress(recorded.agentIp)
  );
};

const isShownAgain = (entry: TenantLogEntry, other: FoundSession): boolean =>
  other.sessionId !== undefined &&
  other.entry.actor?.sub === entry.actor?.sub &&
  other.entry.customerId === entry.customerId &&
  other.entry.clientId === entry.clientId;

/** The sessions that the entries show, each once, with the entry that shows its beginning best. */
export const sessionsIn = (entries: Iterable<TenantLogEntry>): readonly FoundSession[] => {
  const sessions = new Map<string, FoundSession>();
  const ordered = [...entries]
    .filter(({ type }) => SESSION_EVENTS.includes(type))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  for (const entry of ordered) {
    const key = entry.sessionId ?? entry.id;
    if (!sessions.has(key)) {
      sessions.set(key, {
        key,
        ...(entry.sessionId !== undefined && { sessionId: entry.sessionId }),
        entry,
      });
    }
  }
  return [...sessions.values()];
};

/** The ids of sessions, without those that the log has no id of. */
export const sessionIdsOf = (found: readonly FoundSession[]): readonly string[] =>
  found.flatMap(({ sessionId }) => sessionId ?? []);

/**
 * Says which launch made each session, surest first: the log's actor names the launch; our Action wrote the
 * launch into the session (`written`); the login's correlation id chooses among launches that fit; or only
 * one launch fits, and only this session fits it. A launch that has its session already fits no other, for
 * its token works once; and a session that was recorded for several launches fits no later one, for it was there before
 * that one's token. Sessions that no launch fits are left out. Pure.
 */
export const attributeSessions = (
  found: readonly FoundSession[],
  launches: readonly RecordedLaunch[],
  { written, sharing }: KnownOfSessions,
): readonly AttributedSession[] => {
  const owned = new Set(launches.flatMap(({ sessionId }) => sessionId ?? []));
  const taken = new Set<LaunchId>();
  const proven: AttributedSession[] = [];
  const open: FoundSession[] = [];
  for (const session of found) {
    const { entry, key } = session;
    const inLog = entry.actor?.launch;
    const named = inLog ?? written.get(key);
    const owner = launches.find(({ launch }) => launch.id === named);
    if (owner && isSamePerson(owner, entry)) {
      proven.push({ ...session, owner, by: inLog ? 'actor' : 'session_metadata' });
      taken.add(owner.launch.id);
    } else if (named === undefined && !owned.has(key)) {
      open.push(session);
    }
  }
  const free = launches.filter(
    ({ launch, sessionId }) => sessionId === undefined && !taken.has(launch.id),
  );
  // A login whose entry has no session id is the same as the session that appears right after it.
  const distinct = open.filter(
    ({ sessionId, entry }) =>
      sessionId !== undefined || !open.some((other) => isShownAgain(entry, other)),
  );
  const fitting = distinct.map((session) => {
    const sharers = sharing.get(session.key);
    return {
      session,
      candidates: free.filter((recorded) =>
        sharers ? sharers.includes(recorded.launch.id) : fits(recorded, session.entry),
      ),
    };
  });
  const correlated = fitting.flatMap(({ session, candidates }) => {
    const owner = candidates.find(({ launch }) => launch.id === session.entry.correlationId);
    return owner ? [{ ...session, owner, by: 'correlated' as const }] : [];
  });
  const settled = new Set(correlated.map(({ key }) => key));
  const chosen = new Set(correlated.map(({ owner }) => owner.launch.id));
  const rest = fitting
    .filter(({ session }) => !settled.has(session.key))
    .map(({ session, candidates }) => ({
      session,
      candidates: candidates.filter(({ launch }) => !chosen.has(launch.id)),
    }))
    .filter(({ candidates }) => candidates.length > 0);
  const timesFitted = (id: LaunchId): number =>
    rest.filter(({ candidates }) => candidates.some(({ launch }) => launch.id === id)).length;
  const matched = rest.map(({ session, candidates }): AttributedSession => {
    const [only] = candidates;
    return only && candidates.length === 1 && timesFitted(only.launch.id) === 1
      ? { ...session, owner: only, by: 'match' }
      : { ...session, candidates, recordedFor: sharing.get(session.key) ?? [] };
  });
  return [...proven, ...correlated, ...matched];
};
