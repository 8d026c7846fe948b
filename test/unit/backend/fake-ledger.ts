import type { ClaimOutcome } from '../../../src/backend/ports/launch-limits.ts';
import {
  EVENT_OF_ROW,
  type LaunchClaim,
  type LaunchProgress,
  type Ledger,
  type RecordedLaunch,
} from '../../../src/backend/ports/ledger.ts';
import type { StandaloneRow } from '../../../src/backend/ports/standalone-row.ts';
import type { Launch } from '../../../src/contract/launch.ts';
import { launchSchema } from '../../../src/contract/launch.ts';
import { ACTIVE_STATES, sourcesOf, stateAfter } from '../../../src/contract/launch-transitions.ts';
import type { LedgerRow } from '../../../src/contract/ledger.ts';

/** Until when a launch is looked for after a row: a look is only ever extended, until it is over. */
const nextLook = (launch: Launch, row: LaunchProgress, now: Date): string | undefined => {
  const before = launch.lookDueUntil === undefined ? [] : [Date.parse(launch.lookDueUntil)];
  if ('lookOver' in row) {
    return before.length === 0
      ? undefined
      : new Date(Math.min(...before, now.getTime())).toISOString();
  }
  const extended = 'lookDueUntil' in row && row.lookDueUntil ? [row.lookDueUntil.getTime()] : [];
  const all = [...before, ...extended];
  return all.length === 0 ? undefined : new Date(Math.max(...all)).toISOString();
};

/** A ledger in memory that passes the port's suite. `entries` are the rows in the order they were written. */
export const createFakeLedger = (clock: () => Date = () => new Date()) => {
  const entries: (LaunchClaim | LaunchProgress | StandaloneRow)[] = [];
  const taken = new Set<string>();
  const versions: string[] = [];
  const launches = new Map<string, Launch>();
  const hidden = new Map<string, Omit<RecordedLaunch, 'launch'>>();
  const isOpen = ({ state, sessionEndsAt }: Launch) =>
    (ACTIVE_STATES.includes(state) || sourcesOf('interrupted').includes(state)) &&
    (sessionEndsAt === undefined || new Date(sessionEndsAt) > clock());
  const isRivalOf = (open: Launch, launch: LaunchClaim['launch']) =>
    open.agentId === launch.agentId &&
    open.customerId === launch.customerId &&
    open.targetAppId === launch.targetAppId &&
    open.organizationId === launch.organizationId &&
    hidden.get(open.id)?.agentIp === launch.agentIp;
  const judgeClaim = ({
    launch,
    limits = {},
    decision,
  }: Extract<LaunchClaim, { rival: unknown }>): ClaimOutcome | undefined => {
    const used = decision?.policyHash;
    if (versions.length > 0 && used !== undefined && used !== versions.at(-1)) {
      return 'policy_behind';
    }
    const others = [...launches.values()].filter(
      (open) => !(isOpen(open) && isRivalOf(open, launch)) && open.state !== 'refused',
    );
    const own = others.filter(({ agentId }) => agentId === launch.agentId);
    const hourBefore = clock().getTime() - 3_600_000;
    const counts = {
      perHour: own.filter(({ requestedAt }) => Date.parse(requestedAt) > hourBefore),
      active: own.filter(isOpen),
      perCustomer: others.filter((open) => isOpen(open) && open.customerId === launch.customerId),
      perOrganization: others.filter(
        (open) =>
          isOpen(open) &&
          launch.organizationId !== undefined &&
          open.organizationId === launch.organizationId,
      ),
    };
    const over = (['perHour', 'active', 'perCustomer', 'perOrganization'] as const).find(
      (name) => counts[name].length >= (limits[name] ?? Number.POSITIVE_INFINITY),
    );
    return over && { overLimit: over };
  };
  const endRivals = async ({ launch, rival }: Extract<LaunchClaim, { rival: unknown }>) => {
    const { endedAt, ...window } = rival;
    for (const open of launches.values()) {
      const isRival = isRivalOf(open, launch);
      const base = { launchId: open.id, requestId: launch.requestId, replacedBy: launch.launchId };
      if (isRival && ACTIVE_STATES.includes(open.state)) {
        await ledger.advance({
          ...base,
          type: 'launch_ended',
          occurredAt: endedAt,
          cause: 'replaced',
          endedBy: launch.agentId,
          verifiedBy: 'nobody',
          lookDueUntil: window.lookDueUntil,
        });
      } else if (isRival) {
        await ledger.advance({ ...base, type: 'launch_interrupted', ...window });
      }
    }
  };
  const recorded = (launch: Launch): RecordedLaunch => ({ launch, ...hidden.get(launch.id) });
  const claimNow = async (row: LaunchClaim): Promise<ClaimOutcome> => {
    const {
      launchId,
      agentIp: _ip,
      requestId: _request,
      customerEmail: _email,
      ...facts
    } = row.launch;
    if (taken.has(launchId)) {
      return 'already_requested';
    }
    if (row.type === 'launch_requested') {
      const outcome = judgeClaim(row);
      if (outcome) {
        return outcome;
      }
      await endRivals(row);
    }
    taken.add(launchId);
    entries.push(row);
    const state = row.type === 'launch_requested' ? 'requested' : 'refused';
    const code = 'code' in row ? { code: row.code } : {};
    const { policyFacts: _facts, ...decision } = row.decision ?? {};
    const requestedAt = clock().toISOString();
    launches.set(
      launchId,
      launchSchema.parse({ id: launchId, ...facts, ...decision, state, requestedAt, ...code }),
    );
    hidden.set(launchId, { agentIp: row.launch.agentIp });
    return 'recorded';
  };
  let lastClaim: Promise<unknown> = Promise.resolve();
  const ledger: Ledger = {
    claim: (row) => {
      // One at a time, as the database's lock has it.
      const claimed = lastClaim.then(() => claimNow(row));
      lastClaim = claimed;
      return claimed;
    },
    advance: async (row) => {
      const launch = launches.get(row.launchId);
      const state = launch && stateAfter(launch.state, EVENT_OF_ROW[row.type]);
      if (!launch || !state) {
        return 'wrong_state';
      }
      entries.push(row);
      hidden.set(row.launchId, {
        ...hidden.get(row.launchId),
        ...(row.type === 'launch_issued' && { issuedAt: clock() }),
        ...('sessionId' in row && !('ambiguous' in row) && { sessionId: row.sessionId }),
        ...('redeemableUntil' in row && { redeemableUntil: row.redeemableUntil }),
      });
      const lookDueUntil = nextLook(launch, row, clock());
      launches.set(
        row.launchId,
        launchSchema.parse({
          ...launch,
          state,
          ...('sessionEndsAt' in row &&
            row.sessionEndsAt && { sessionEndsAt: row.sessionEndsAt.toISOString() }),
          ...('tenantSession' in row && { tenantSession: row.tenantSession }),
          ...('code' in row && { code: row.code }),
          ...('landedBy' in row && { landedBy: row.landedBy }),
          ...('confirmedBy' in row && { confirmedBy: row.confirmedBy, ambiguous: false }),
          ...('ambiguous' in row && { ambiguous: true }),
          ...('cause' in row && { cause: row.cause, endedAt: row.occurredAt.toISOString() }),
          ...(lookDueUntil !== undefined && { lookDueUntil }),
        }),
      );
      return 'recorded';
    },
    markInterrupted: async (before, window) => {
      const stale = [...launches.values()].filter(
        ({ state, requestedAt }) =>
          sourcesOf('interrupted').includes(state) && new Date(requestedAt) < before,
      );
      for (const { id } of stale) {
        await ledger.advance({
          type: 'launch_interrupted',
          launchId: id,
          requestId: 'start',
          ...window,
        });
      }
      return stale.length;
    },
    record: async (row) => {
      entries.push(row);
    },
    findLaunch: async (id) => {
      const launch = launches.get(id);
      return launch && recorded(launch);
    },
    listLookedFor: async (at) =>
      [...launches.values()]
        .filter(
          ({ state, lookDueUntil }) =>
            lookDueUntil !== undefined &&
            (new Date(lookDueUntil) > at || sourcesOf('unconfirmed').includes(state)),
        )
        .map(recorded),
    listOpen: async (at) =>
      [...launches.values()]
        .filter(
          ({ state, sessionEndsAt }) =>
            ACTIVE_STATES.includes(state) && new Date(sessionEndsAt ?? 0) > at,
        )
        .map(recorded),
    listExpired: async (at) =>
      [...launches.values()]
        .filter(
          ({ state, sessionEndsAt }) =>
            ACTIVE_STATES.includes(state) &&
            sessionEndsAt !== undefined &&
            new Date(sessionEndsAt) <= at,
        )
        .map(recorded),
    listRedeemable: async (from, until) =>
      [...launches.values()]
        .map(recorded)
        .filter(
          ({ launch, redeemableUntil }) =>
            redeemableUntil !== undefined &&
            redeemableUntil > from &&
            new Date(launch.requestedAt) < until,
        ),
    listBySession: async (sessionId) =>
      [...launches.values()]
        .map(({ id }) => id)
        .filter((id) => hidden.get(id)?.sessionId === sessionId),
    listSharing: async (sessionIds) => {
      const shared = entries.flatMap((row) =>
        row.type === 'session_found' &&
        row.ambiguous &&
        row.sessionId !== undefined &&
        sessionIds.includes(row.sessionId)
          ? [[row.sessionId, row.launchId] as const]
          : [],
      );
      return new Map(
        shared.map(([id]) => [
          id,
          [...new Set(shared.flatMap(([other, launch]) => (other === id ? [launch] : [])))],
        ]),
      );
    },
    holdDuty: async () => true,
    listLaunches: async ({ agentId, activeAt }) =>
      [...launches.values()]
        .filter((launch) => agentId === undefined || launch.agentId === agentId)
        .filter(
          ({ state, sessionEndsAt, lookDueUntil }) =>
            activeAt === undefined ||
            (ACTIVE_STATES.includes(state) && new Date(sessionEndsAt ?? 0) > activeAt) ||
            new Date(lookDueUntil ?? 0) > activeAt,
        )
        .reverse(),
    countLaunches: async (agentId, at, replaced) => {
      const counted = [...launches.values()].filter(
        ({ id, state, ...launch }) =>
          launch.agentId === agentId && state !== 'refused' && !replaced.includes(id),
      );
      const hourBefore = at.getTime() - 3_600_000;
      return {
        lastHour: counted.filter(({ requestedAt }) => Date.parse(requestedAt) > hourBefore).length,
        active: counted.filter(
          ({ state, sessionEndsAt }) =>
            ACTIVE_STATES.includes(state) && new Date(sessionEndsAt ?? 0) > at,
        ).length,
      };
    },
    claimPolicy: async (hash, isDeliberate) => {
      if (hash === versions.at(-1)) {
        return true;
      }
      if (!isDeliberate && versions.includes(hash)) {
        return false;
      }
      versions.push(hash);
      return true;
    },
    policyInForce: async () => versions.at(-1),
    async *rows(after = 0) {
      for (const [index, entry] of entries.entries()) {
        if (index < after) {
          continue;
        }
        const row: LedgerRow = {
          seq: index + 1,
          hashVersion: 1,
          recordedAt: clock().toISOString(),
          content: JSON.stringify(entry),
          previousHash: '',
          hash: '',
          personal: [],
        };
        yield row;
      }
    },
    rowsOfCustomer: async () => [],
    assertWritable: async () => undefined,
    close: async () => undefined,
  };
  return { ledger, entries };
};
