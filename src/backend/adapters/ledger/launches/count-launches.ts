import { and, eq, gt, inArray, ne, notInArray, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { AgentId, LaunchId } from '../../../../contract/ids.ts';
import { ACTIVE_STATES } from '../../../../contract/launch-transitions.ts';
import type { LaunchCounts } from '../../../ports/ledger.ts';
import { launchesTable } from '../schema.ts';

const HOUR_MILLISECONDS = 3_600_000;
/** Longer than a launch can have a session, which is the time from its request plus the longest grant. */
const LONGEST_MILLISECONDS = 4 * HOUR_MILLISECONDS;

/** Selects the launches that may have a session at a time. */
export const isOpenAt = (at: Date) =>
  and(inArray(launchesTable.state, [...ACTIVE_STATES]), gt(launchesTable.sessionEndsAt, at));

/** Counts an agent's launches, as {@link Ledger.countLaunches} says. */
export const countLaunches = async (
  database: PgDatabase<PgQueryResultHKT>,
  agentId: AgentId,
  at: Date,
  replaced: readonly LaunchId[],
): Promise<LaunchCounts> => {
  const isOfTheHour = gt(launchesTable.requestedAt, new Date(at.getTime() - HOUR_MILLISECONDS));
  const [found] = await database
    .select({
      lastHour: sql<number>`(count(*) FILTER (WHERE ${isOfTheHour}))::int`,
      active: sql<number>`(count(*) FILTER (WHERE ${isOpenAt(at)}))::int`,
    })
    .from(launchesTable)
    .where(
      and(
        eq(launchesTable.agentId, agentId),
        ne(launchesTable.state, 'refused'),
        gt(launchesTable.requestedAt, new Date(at.getTime() - LONGEST_MILLISECONDS)),
        replaced.length > 0 ? notInArray(launchesTable.id, [...replaced]) : undefined,
      ),
    );
  return found ?? { lastHour: 0, active: 0 };
};
