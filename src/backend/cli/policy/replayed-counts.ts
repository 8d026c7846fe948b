import * as z from 'zod/mini';
import { type AgentId, type LaunchId, launchIdSchema } from '../../../contract/ids.ts';
import type { LaunchState } from '../../../contract/launch-state.ts';
import { ACTIVE_STATES, stateAfter } from '../../../contract/launch-transitions.ts';
import type { LedgerRow } from '../../../contract/ledger.ts';
import { readContent } from '../../adapters/ledger/rows/row-content.ts';
import { EVENT_OF_ROW, type LaunchCounts } from '../../ports/ledger.ts';
import type { RecordedLaunch } from './recorded-launch.ts';

const HOUR_MILLISECONDS = 3_600_000;
/** Longer than a launch can have a session, which is the time from its request plus the longest grant. */
const LONGEST_MILLISECONDS = 4 * HOUR_MILLISECONDS;

const isRowType = (type: string): type is keyof typeof EVENT_OF_ROW =>
  Object.hasOwn(EVENT_OF_ROW, type);

const progressSchema = z.object({
  type: z.string().check(z.refine(isRowType)),
  launchId: launchIdSchema,
  sessionEndsAt: z.optional(z.string()),
});

type Known = {
  readonly id: LaunchId;
  readonly agentId: AgentId | undefined;
  readonly requestedAt: number;
  state: LaunchState;
  endsAt: number | undefined;
};

/** What was open when, told row by row in the order of the ledger. Remembers four hours and no more. */
export type ReplayedCounts = {
  /** Takes the row that begins a launch, after the launch was decided. */
  readonly begin: (launch: RecordedLaunch) => void;
  /** Takes any other row. */
  readonly carryOn: (row: LedgerRow) => void;
  /** What an agent had at a time; `undefined` where the agent of a launch that may count was erased. */
  readonly of: (agentId: AgentId, at: Date) => LaunchCounts | undefined;
};

/** Makes {@link ReplayedCounts}. */
export const createReplayedCounts = (): ReplayedCounts => {
  const known = new Map<LaunchId, Known>();
  const ofAgent = new Map<AgentId | undefined, Set<Known>>();

  const forgetBefore = (time: number): void => {
    for (const [id, launch] of known) {
      if (launch.requestedAt >= time) {
        return;
      }
      known.delete(id);
      const theirs = ofAgent.get(launch.agentId);
      theirs?.delete(launch);
      if (theirs?.size === 0) {
        ofAgent.delete(launch.agentId);
      }
    }
  };

  return {
    begin: ({ id, agentId, at }) => {
      const requestedAt = at.getTime();
      forgetBefore(requestedAt - LONGEST_MILLISECONDS);
      const launch: Known = { id, agentId, requestedAt, state: 'requested', endsAt: undefined };
      known.set(id, launch);
      ofAgent.set(agentId, (ofAgent.get(agentId) ?? new Set()).add(launch));
    },
    carryOn: ({ content }) => {
      const progress = progressSchema.safeParse(readContent(content)).data;
      const launch = progress && known.get(progress.launchId);
      if (launch && isRowType(progress.type)) {
        launch.state = stateAfter(launch.state, EVENT_OF_ROW[progress.type]) ?? launch.state;
        launch.endsAt =
          progress.sessionEndsAt === undefined ? launch.endsAt : Date.parse(progress.sessionEndsAt);
      }
    },
    of: (agentId, at) => {
      const now = at.getTime();
      forgetBefore(now - LONGEST_MILLISECONDS);
      if (ofAgent.has(undefined)) {
        return undefined;
      }
      const theirs = [...(ofAgent.get(agentId) ?? [])];
      return {
        lastHour: theirs.filter(({ requestedAt }) => requestedAt > now - HOUR_MILLISECONDS).length,
        active: theirs.filter(
          ({ state, endsAt }) => ACTIVE_STATES.includes(state) && (endsAt ?? 0) > now,
        ).length,
      };
    },
  };
};
