import * as z from 'zod/mini';
import type { launchStateSchema } from '../../../../contract/launch-state.ts';
import { stateAfter } from '../../../../contract/launch-transitions.ts';
import type { LedgerRow } from '../../../../contract/ledger.ts';
import { EVENT_OF_ROW } from '../../../ports/ledger.ts';
import { readContent } from '../rows/row-content.ts';

const text = z.optional(z.string());
const eventTypeSchema = z.enum(
  Object.keys(EVENT_OF_ROW) as [keyof typeof EVENT_OF_ROW, ...(keyof typeof EVENT_OF_ROW)[]],
);

const claimSchema = z.object({
  type: z.enum(['launch_requested', 'launch_refused']),
  launchId: z.string(),
  /** In rows of format 1; later ones commit to it. */
  agentId: text,
  targetAppId: z.string(),
  organizationId: text,
  code: text,
});

const progressSchema = z.object({
  type: eventTypeSchema,
  launchId: z.string(),
  sessionId: text,
  sessionEndsAt: text,
  occurredAt: text,
  cause: text,
  code: text,
  landedBy: text,
  confirmedBy: text,
  /** Present where several launches may have made the session; then it belongs to none of them. */
  ambiguous: z.optional(z.unknown()),
});

/** What the chain says of a launch. Times are milliseconds since 1970. */
export type ReplayedLaunch = {
  readonly id: string;
  readonly firstSeq: number;
  /** Absent where it was erased. */
  readonly agentId: string | undefined;
  readonly state: z.infer<typeof launchStateSchema>;
  readonly targetAppId: string;
  readonly organizationId: string | undefined;
  readonly requestedAt: number;
  readonly sessionId: string | undefined;
  readonly sessionEndsAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly cause: string | undefined;
  readonly code: string | undefined;
  readonly landedBy: string | undefined;
  readonly confirmedBy: string | undefined;
};

const timeOf = (value: string | undefined): number | undefined =>
  value === undefined ? undefined : Date.parse(value);

const begin = (row: LedgerRow, claim: z.infer<typeof claimSchema>): ReplayedLaunch => ({
  id: claim.launchId,
  firstSeq: row.seq,
  agentId: claim.agentId ?? row.personal.find(({ field }) => field === 'agentId')?.value,
  state: claim.type === 'launch_requested' ? 'requested' : 'refused',
  targetAppId: claim.targetAppId,
  organizationId: claim.organizationId,
  requestedAt: Date.parse(row.recordedAt),
  sessionId: undefined,
  sessionEndsAt: undefined,
  endedAt: undefined,
  cause: undefined,
  code: claim.type === 'launch_refused' ? claim.code : undefined,
  landedBy: undefined,
  confirmedBy: undefined,
});

const carryOn = (
  launch: ReplayedLaunch,
  progress: z.infer<typeof progressSchema>,
): ReplayedLaunch | undefined => {
  const state = stateAfter(launch.state, EVENT_OF_ROW[progress.type]);
  const ended = progress.type === 'launch_ended';
  const failed = progress.type === 'launch_failed';
  return (
    state && {
      ...launch,
      state,
      sessionId:
        (progress.ambiguous === undefined ? progress.sessionId : undefined) ?? launch.sessionId,
      sessionEndsAt: timeOf(progress.sessionEndsAt) ?? launch.sessionEndsAt,
      endedAt: (ended ? timeOf(progress.occurredAt) : undefined) ?? launch.endedAt,
      cause: (ended ? progress.cause : undefined) ?? launch.cause,
      code: (failed ? progress.code : undefined) ?? launch.code,
      landedBy: progress.landedBy ?? launch.landedBy,
      confirmedBy: progress.confirmedBy ?? launch.confirmedBy,
    }
  );
};

/**
 * Rebuilds one launch from all of its rows, of a chain that was found intact, by the table of transitions; `undefined`
 * where none of them is about a launch's state. Gives the first row that no ledger could have written.
 */
export const replayLaunch = (
  rows: readonly LedgerRow[],
): ReplayedLaunch | { readonly row: number; readonly problem: string } | undefined => {
  let launch: ReplayedLaunch | undefined;
  for (const row of rows) {
    const content = readContent(row.content);
    const claim = claimSchema.safeParse(content).data;
    const progress = progressSchema.safeParse(content).data;
    if (claim) {
      if (launch) {
        return { row: row.seq, problem: 'it begins a launch whose id was used before' };
      }
      launch = begin(row, claim);
    } else if (progress) {
      const next: ReplayedLaunch | undefined = launch && carryOn(launch, progress);
      if (!next) {
        const before = launch?.state ?? 'unknown';
        return {
          row: row.seq,
          problem: `it is "${progress.type}" of a launch that is "${before}"`,
        };
      }
      launch = next;
    }
  }
  return launch;
};
