import type { AgentId, CustomerId } from '../../contract/ids.ts';

/** Who asks, from where, under which request id. */
export type ErasureActor = {
  readonly agentId: AgentId;
  readonly agentIp: string;
  readonly requestId: string;
};

/**
 * Why the database erases nothing: the person acted as this customer or approved it; the same person asked for it;
 * its time has not come; there is nothing to erase; a session of the customer may still be open.
 */
export type ErasureRefusal = 'involved' | 'same_person' | 'too_early' | 'unknown' | 'session_open';

/** A date is too recent to erase up to: personal values are kept for 30 days at least. Nothing was erased. */
export class TooRecentError extends Error {
  override readonly name = 'TooRecentError';
}

/**
 * Takes personal values out of the ledger, each with its salt, and records that it did. What it refuses, the database
 * refuses, whoever asks. Throws `LedgerUnavailableError` when nothing could be done.
 */
export type Eraser = {
  readonly request: (
    erasureId: string,
    customerId: CustomerId,
    actor: ErasureActor,
  ) => Promise<{ readonly confirmableFrom: Date } | ErasureRefusal>;
  readonly confirm: (
    erasureId: string,
    actor: ErasureActor,
  ) => Promise<{ readonly erasedValues: number } | ErasureRefusal>;
  /**
   * Erases what is older than that, some rows at a time; gives how many values, 0 once nothing is left.
   * @throws {TooRecentError}
   */
  readonly eraseBefore: (cutoff: Date) => Promise<number>;
};
