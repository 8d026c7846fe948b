import type { AgentId, CustomerId } from '../../contract/ids.ts';

/** What an agent read of customers in some part of one hour. */
export type Reads = {
  readonly agentId: AgentId;
  /** When the hour began. */
  readonly hour: Date;
  readonly searches: number;
  /** The customers that lists showed. */
  readonly seen: readonly CustomerId[];
  /** The customers that were looked at one by one. */
  readonly opened: readonly CustomerId[];
};

/** How many customers an agent has read in an hour, each counted once, whichever backend answered. */
export type ReadTotal = Pick<Reads, 'agentId' | 'hour'> & { readonly customers: number };

/**
 * The counts of what agents read, shared by all backends. They become rows of the ledger when their hour is over.
 * @throws {LedgerUnavailableError} from every method; nothing was counted or closed then.
 */
export type ReadCounts = {
  /** Adds reads, and gives the totals of their hours. Reads of nothing only give the total. */
  readonly countReads: (reads: readonly Reads[]) => Promise<readonly ReadTotal[]>;
  /** Makes a row of the ledger for each agent and hour that began before then. Gives how many. */
  readonly closeReads: (before: Date) => Promise<number>;
};
