import type { AgentId, LaunchId } from '../../contract/ids.ts';
import type { Launch } from '../../contract/launch.ts';
import type { Caller } from '../launch/dependencies.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';

const HOUR_MILLISECONDS = 60 * 60_000;

/** What one agent was recorded to have read in one hour. */
type RecordedHour = { readonly hour: number; readonly ids: Set<LaunchId> };

/**
 * Makes what records that somebody reads launches of others, before they are shown: which ones, once an hour for
 * each reader, so that a page that is refreshed does not fill the ledger. One's own leave no row.
 * @throws {LedgerUnavailableError} when that cannot be recorded
 */
export const createLaunchReadings = (deps: {
  readonly ledger: Pick<Ledger, 'record'>;
  readonly clock: Clock;
}): ((caller: Caller, launches: readonly Launch[]) => Promise<void>) => {
  const recorded = new Map<AgentId, RecordedHour>();

  const presentHour = (agentId: AgentId): RecordedHour => {
    const hour = Math.floor(deps.clock().getTime() / HOUR_MILLISECONDS);
    const known = recorded.get(agentId);
    if (known?.hour === hour) {
      return known;
    }
    const begun = { hour, ids: new Set<LaunchId>() };
    recorded.set(agentId, begun);
    return begun;
  };

  return async ({ agent, agentIp, requestId }, launches) => {
    const { ids } = presentHour(agent.id);
    const launchIds = launches
      .filter(({ id, agentId }) => agentId !== agent.id && !ids.has(id))
      .map(({ id }) => id);
    if (launchIds.length === 0) {
      return;
    }
    await deps.ledger.record({
      type: 'launches_read',
      agentId: agent.id,
      agentIp,
      launchIds,
      requestId,
    });
    for (const id of launchIds) {
      ids.add(id);
    }
  };
};
