import type { LedgerRow } from '../../../contract/ledger.ts';
import { type ReplayedLaunch, replayLaunches } from './launch-replay.ts';
import type { launchesTable } from './schema.ts';

/** A row of the table of launches. */
export type StoredLaunch = typeof launchesTable.$inferSelect;

const comparable = (
  launch: StoredLaunch,
  expected: ReplayedLaunch | undefined,
): { readonly [Key in keyof ReplayedLaunch]: unknown } => ({
  id: launch.id,
  firstSeq: launch.firstSeq,
  // Where the ledger's own value was erased, there is nothing to compare.
  agentId: expected?.agentId === undefined ? undefined : launch.agentId,
  state: launch.state,
  targetAppId: launch.targetAppId,
  organizationId: launch.organizationId ?? undefined,
  requestedAt: launch.requestedAt.getTime(),
  sessionId: launch.sessionId ?? undefined,
  sessionEndsAt: launch.sessionEndsAt?.getTime(),
  endedAt: launch.endedAt?.getTime(),
  cause: launch.cause ?? undefined,
  code: launch.code ?? undefined,
  landedBy: launch.landedBy ?? undefined,
  confirmedBy: launch.confirmedBy ?? undefined,
});

/** What does not fit between chain and table; `row` is the launch's first, or the number of a row that is impossible. */
export type LaunchProblem = { readonly row: number; readonly problem: string };

/**
 * Rebuilds the launches from the chain and compares the table of launches, which the backend decides by:
 * finds a launch that was removed from it, added to it or changed in it. What only times the look into the
 * tenant's log is not compared. The chain must be intact.
 */
export const compareLaunches = async (
  rows: AsyncIterable<LedgerRow>,
  stored: AsyncIterable<StoredLaunch>,
): Promise<LaunchProblem | undefined> => {
  const replay = await replayLaunches(rows);
  if ('problem' in replay) {
    return replay;
  }
  const missing = new Map(replay.launches);
  for await (const launch of stored) {
    const expected = missing.get(launch.id);
    const actual = comparable(launch, expected);
    if (!expected) {
      return {
        row: launch.firstSeq,
        problem: `launch ${launch.id} is in the table of launches only`,
      };
    }
    const changed = (Object.keys(actual) as (keyof ReplayedLaunch)[]).find(
      (key) => actual[key] !== expected[key],
    );
    if (changed) {
      const problem = `launch ${launch.id} has another "${changed}" in the table of launches`;
      return { row: expected.firstSeq, problem };
    }
    missing.delete(launch.id);
  }
  const [lost] = missing.values();
  return (
    lost && { row: lost.firstSeq, problem: `launch ${lost.id} is missing in the table of launches` }
  );
};
