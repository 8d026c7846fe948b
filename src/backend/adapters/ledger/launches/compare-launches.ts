import type { LedgerRow } from '../../../../contract/ledger.ts';
import { readContent } from '../rows/row-content.ts';
import type { launchesTable } from '../schema.ts';
import { type ReplayedLaunch, replayLaunch } from './launch-replay.ts';

/** A row of the table of launches. */
export type StoredLaunch = typeof launchesTable.$inferSelect;

/** Some launches of the table in the order of their ids, with all rows of the ledger about launches up to the last of them. */
export type LaunchPage = {
  readonly stored: readonly StoredLaunch[];
  readonly rows: readonly LedgerRow[];
};

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

const byLaunch = (rows: readonly LedgerRow[]): ReadonlyMap<string, readonly LedgerRow[]> => {
  const launches = new Map<string, LedgerRow[]>();
  for (const row of rows) {
    const id = readContent(row.content)?.['launchId'];
    if (typeof id === 'string') {
      launches.set(id, [...(launches.get(id) ?? []), row]);
    }
  }
  return launches;
};

const compareOne = (
  id: string,
  rows: readonly LedgerRow[],
  stored: StoredLaunch | undefined,
  head: number,
): LaunchProblem | undefined => {
  // A launch may have gone on since the chain was verified: it is compared as of the row that the table has it from.
  const until = Math.max(head, stored?.lastSeq ?? 0);
  const replay = replayLaunch(rows.filter(({ seq }) => seq <= until));
  if (replay && 'problem' in replay) {
    return replay;
  }
  if (!stored) {
    return (
      replay && {
        row: replay.firstSeq,
        problem: `launch ${id} is missing in the table of launches`,
      }
    );
  }
  if (!replay) {
    return { row: stored.firstSeq, problem: `launch ${id} is in the table of launches only` };
  }
  const actual = comparable(stored, replay);
  const changed = (Object.keys(actual) as (keyof ReplayedLaunch)[]).find(
    (key) => actual[key] !== replay[key],
  );
  return (
    changed && {
      row: replay.firstSeq,
      problem: `launch ${id} has another "${changed}" in the table of launches`,
    }
  );
};

/**
 * Rebuilds each launch from its rows and compares the table of launches, which the backend decides by: finds a launch that
 * was removed from it, added to it or changed in it. Times that only schedule the search of the tenant's log are not
 * compared.
 * The chain must be intact up to `head`; backends may go on writing meanwhile.
 */
export const compareLaunches = async (
  pages: AsyncIterable<LaunchPage>,
  head: number,
): Promise<LaunchProblem | undefined> => {
  for await (const { stored, rows } of pages) {
    const known = new Map(stored.map((launch) => [launch.id, launch]));
    const launches = byLaunch(rows);
    for (const id of new Set([...launches.keys(), ...known.keys()])) {
      const found = compareOne(id, launches.get(id) ?? [], known.get(id), head);
      if (found) {
        return found;
      }
    }
  }
  return undefined;
};
