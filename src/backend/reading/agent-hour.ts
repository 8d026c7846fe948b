import type { AgentId, CustomerId } from '../../contract/ids.ts';
import type { Reads } from '../ports/read-counts.ts';

/** What one answer showed of customers. */
export type Shown = {
  readonly searches?: number;
  readonly seen?: readonly CustomerId[];
  readonly opened?: readonly CustomerId[];
};

/** What one agent read in one hour, as far as this process knows. */
export type AgentHour = {
  /** When the hour began, in milliseconds since 1970. */
  readonly hour: number;
  readonly add: (shown: Shown) => void;
  /** How many customers were read, each counted once, whichever process showed them. */
  readonly customers: () => number;
  /** What is still to be written; `undefined` when nothing is. */
  readonly unwritten: () => Reads | undefined;
  /** Notes that these reads were written, and the total that the database has since. */
  readonly written: (reads: Reads, customers: number) => void;
};

/** Makes an {@link AgentHour} of which the database has counted so many customers. */
export const createAgentHour = (
  agentId: AgentId,
  hour: number,
  alreadyCounted: number,
): AgentHour => {
  let counted = alreadyCounted;
  let searches = 0;
  const seen = new Set<CustomerId>();
  const opened = new Set<CustomerId>();
  /** Those among `counted` that this process showed. */
  const known = new Set<CustomerId>();
  return {
    hour,
    add: (shown) => {
      searches += shown.searches ?? 0;
      for (const id of shown.seen ?? []) {
        seen.add(id);
      }
      for (const id of shown.opened ?? []) {
        opened.add(id);
      }
    },
    customers: () =>
      counted + [...new Set([...seen, ...opened])].filter((id) => !known.has(id)).length,
    unwritten: () =>
      searches + seen.size + opened.size === 0
        ? undefined
        : { agentId, hour: new Date(hour), searches, seen: [...seen], opened: [...opened] },
    written: (reads, customers) => {
      counted = customers;
      searches -= reads.searches;
      for (const id of reads.seen) {
        seen.delete(id);
        known.add(id);
      }
      for (const id of reads.opened) {
        opened.delete(id);
        known.add(id);
      }
    },
  };
};
