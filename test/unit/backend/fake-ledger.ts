import {
  EVENT_OF_ROW,
  type LaunchClaim,
  type LaunchProgress,
  type Ledger,
  type OwnSession,
  type RecordedLaunch,
  type RequestRefusal,
} from '../../../src/backend/ports/ledger.ts';
import type { Launch } from '../../../src/contract/launch.ts';
import { launchSchema } from '../../../src/contract/launch.ts';
import { ACTIVE_STATES, sourcesOf, stateAfter } from '../../../src/contract/launch-transitions.ts';
import type { LedgerRow } from '../../../src/contract/ledger.ts';

/** A ledger in memory that passes the port's suite. `entries` are the rows in the order they were written. */
export const createFakeLedger = (clock: () => Date = () => new Date()) => {
  const entries: (LaunchClaim | LaunchProgress | RequestRefusal | OwnSession)[] = [];
  const launches = new Map<string, Launch>();
  const hidden = new Map<string, Omit<RecordedLaunch, 'launch'>>();
  const ledger: Ledger = {
    claim: async (row) => {
      const {
        launchId,
        agentIp: _ip,
        requestId: _request,
        customerEmail: _email,
        ...facts
      } = row.launch;
      if (launches.has(launchId)) return 'already_requested';
      entries.push(row);
      const state = row.type === 'launch_requested' ? 'requested' : 'refused';
      const code = 'code' in row ? { code: row.code } : {};
      const requestedAt = clock().toISOString();
      launches.set(
        launchId,
        launchSchema.parse({ id: launchId, ...facts, state, requestedAt, ...code }),
      );
      hidden.set(launchId, { agentIp: row.launch.agentIp });
      return 'recorded';
    },
    advance: async (row) => {
      const launch = launches.get(row.launchId);
      const state = launch && stateAfter(launch.state, EVENT_OF_ROW[row.type]);
      if (!launch || !state) return 'wrong_state';
      entries.push(row);
      hidden.set(row.launchId, {
        ...hidden.get(row.launchId),
        ...(row.type === 'launch_issued' && { issuedAt: clock() }),
        ...('sessionId' in row && row.sessionId && { sessionId: row.sessionId }),
      });
      launches.set(
        row.launchId,
        launchSchema.parse({
          ...launch,
          state,
          ...('sessionEndsAt' in row && { sessionEndsAt: row.sessionEndsAt.toISOString() }),
          ...('code' in row && { code: row.code }),
          ...('landedBy' in row && { landedBy: row.landedBy }),
          ...('confirmedBy' in row && { confirmedBy: row.confirmedBy }),
          ...('cause' in row && { cause: row.cause, endedAt: row.occurredAt.toISOString() }),
        }),
      );
      return 'recorded';
    },
    markInterrupted: async (before) => {
      const stale = [...launches.values()].filter(
        ({ state, requestedAt }) =>
          sourcesOf('interrupted').includes(state) && new Date(requestedAt) < before,
      );
      for (const { id } of stale) {
        await ledger.advance({ type: 'launch_interrupted', launchId: id, requestId: 'start' });
      }
      return stale.length;
    },
    record: async (row) => {
      entries.push(row);
    },
    findLaunch: async (id) => {
      const launch = launches.get(id);
      return launch && { launch, ...hidden.get(id) };
    },
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
    async *rows() {
      for (const [index, entry] of entries.entries()) {
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
    assertWritable: async () => undefined,
    close: async () => undefined,
  };
  return { ledger, entries };
};
