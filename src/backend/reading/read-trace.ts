import type { AgentId } from '../../contract/ids.ts';
import type { Caller } from '../launch/dependencies.ts';
import { recordRefusedRequest } from '../launch/refused-request.ts';
import type { Clock } from '../ports/clock.ts';
import { type Ledger, LedgerUnavailableError } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { ReadCounts } from '../ports/read-counts.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type AgentHour, createAgentHour, type Shown } from './agent-hour.ts';

const HOUR_MILLISECONDS = 60 * 60_000;
/** How long reads are still answered while their counts cannot be written. */
const UNWRITTEN_MILLISECONDS = 60_000;
/** How long after its end an hour is closed, so that every backend has written its last counts. */
const CLOSE_AFTER_MILLISECONDS = 60_000;

/** What {@link createReadTrace} works with. */
export type ReadTraceOptions = {
  readonly counts: ReadCounts;
  readonly ledger: Pick<Ledger, 'record'>;
  /** How many customers an agent may read in an hour. */
  readonly customersPerHour: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Told the largest share of the ceiling that any agent has used in this hour. */
  readonly onShareUsed: (share: number) => void;
};

/** The trace that reading leaves: whoever looks at customers is counted, and stopped at the ceiling. */
export type ReadTrace = {
  /**
   * Serves a read unless the agent may read no more, and counts what it showed. The answer that reaches the
   * ceiling is still given.
   * @throws {LedgerUnavailableError} when the refusal cannot be recorded
   */
  readonly reading: <T>(
    caller: Caller,
    serve: (show: (shown: Shown) => void) => Promise<T>,
  ) => Promise<T | Refusal>;
  /** Writes what was counted since the last time. Never rejects; what could not be written is kept. */
  readonly write: () => Promise<void>;
  /**
   * Makes rows of the ledger of the hours that are over, whichever backend counted them. Gives how many.
   * @throws {LedgerUnavailableError}
   */
  readonly close: () => Promise<number>;
};

const hourOf = (time: number): number => time - (time % HOUR_MILLISECONDS);

/**
 * Makes the trace. Counts are kept in memory until {@link ReadTrace.write}, which is to be called twice a
 * second. While it fails, reads go on for a minute and are refused then: nothing may be read off the record.
 */
export const createReadTrace = (options: ReadTraceOptions): ReadTrace => {
  const { counts, ledger, customersPerHour, clock, log, onShareUsed } = options;
  const agents = new Map<AgentId, AgentHour>();
  /** Hours that are over, with counts that are not written yet. */
  const past = new Set<AgentHour>();
  /** The agents whose refusal in their present hour is recorded. */
  const refused = new Set<AgentHour>();
  /** When the oldest read that is not written yet was shown. */
  let unwrittenSince: number | undefined;
  let isFailing = false;
  let lastWrite = Promise.resolve();

  const countedBefore = async (agentId: AgentId, hour: number): Promise<number> => {
    try {
      const nothing = { agentId, hour: new Date(hour), searches: 0, seen: [], opened: [] };
      const [total] = await counts.countReads([nothing]);
      return total?.customers ?? 0;
    } catch (error) {
      if (error instanceof LedgerUnavailableError) {
        // The next counts that can be written tell the total.
        return 0;
      }
      throw error;
    }
  };

  const presentHour = async (agentId: AgentId): Promise<AgentHour> => {
    const hour = hourOf(clock().getTime());
    const isPresent = (known: AgentHour | undefined) => known?.hour === hour;
    if (!isPresent(agents.get(agentId))) {
      const begun = createAgentHour(agentId, hour, await countedBefore(agentId, hour));
      const before = agents.get(agentId);
      // Of two reads that begin the hour at once, the second one finds it begun.
      if (!isPresent(before)) {
        agents.set(agentId, begun);
        if (before) {
          past.add(before);
          refused.delete(before);
        }
      }
    }
    return agents.get(agentId) ?? createAgentHour(agentId, hour, 0);
  };

  const refuseRead = async (caller: Caller, hour: AgentHour): Promise<Refusal | undefined> => {
    const now = clock().getTime();
    if (unwrittenSince !== undefined && now - unwrittenSince >= UNWRITTEN_MILLISECONDS) {
      return refuse('ledger_unavailable', 'What is looked at could not be recorded for a minute.');
    }
    if (hour.customers() < customersPerHour) {
      return undefined;
    }
    const detail = `You have looked at ${hour.customers()} customers since the hour began.`;
    const refusal = refuse('read_limit_reached', detail);
    if (!refused.has(hour)) {
      // One row an hour says it: with one for each request, an agent could fill the ledger.
      await recordRefusedRequest(ledger, caller, refusal);
      refused.add(hour);
      log.warn('read_limit_reached', { requestId: caller.requestId });
    }
    return refusal;
  };

  const tellShare = (): void => {
    const now = hourOf(clock().getTime());
    const present = [...agents.values()].filter(({ hour }) => hour === now);
    onShareUsed(Math.max(0, ...present.map((hour) => hour.customers())) / customersPerHour);
  };

  const writeOnce = async (): Promise<void> => {
    const startedAt = clock().getTime();
    const waiting = [...past, ...agents.values()].flatMap((hour) => {
      const reads = hour.unwritten();
      return reads ? [{ hour, reads }] : [];
    });
    if (waiting.length > 0) {
      try {
        const totals = await counts.countReads(waiting.map(({ reads }) => reads));
        for (const { hour, reads } of waiting) {
          const total = totals.find(
            (one) => one.agentId === reads.agentId && one.hour.getTime() === hour.hour,
          );
          hour.written(reads, total?.customers ?? 0);
        }
        isFailing = false;
      } catch (error) {
        if (!isFailing) {
          const cause = error instanceof Error ? error.name : 'unknown';
          log.error('reads_not_written', { cause });
        }
        isFailing = true;
        return;
      }
    }
    for (const hour of past) {
      if (!hour.unwritten()) {
        past.delete(hour);
      }
    }
    for (const [agentId, hour] of agents) {
      if (hour.hour < hourOf(startedAt) && !hour.unwritten()) {
        agents.delete(agentId);
        refused.delete(hour);
      }
    }
    const all = [...past, ...agents.values()];
    unwrittenSince = all.some((hour) => hour.unwritten()) ? startedAt : undefined;
    tellShare();
  };

  return {
    reading: async (caller, serve) => {
      const hour = await presentHour(caller.agent.id);
      const refusal = await refuseRead(caller, hour);
      return (
        refusal ??
        serve((shown) => {
          unwrittenSince ??= clock().getTime();
          hour.add(shown);
          if (agents.get(caller.agent.id) !== hour) {
            past.add(hour);
          }
        })
      );
    },
    write: () => {
      lastWrite = lastWrite.then(writeOnce);
      return lastWrite;
    },
    close: () => counts.closeReads(new Date(hourOf(clock().getTime() - CLOSE_AFTER_MILLISECONDS))),
  };
};
