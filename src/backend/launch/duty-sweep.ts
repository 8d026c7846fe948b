import type { Clock } from '../ports/clock.ts';
import type { Duty, Ledger } from '../ports/ledger.ts';

/** A sweep that one process at a time does for all that share the ledger. */
export type DutySweep = {
  readonly duty: Duty;
  /** Between two sweeps of this process. A sweep that failed is done again at the next call. */
  readonly everyMilliseconds: number;
  /** How long this process keeps the duty without asking for it again: longer than the time between two calls. */
  readonly leaseMilliseconds: number;
  readonly sweep: () => Promise<void>;
};

/** A duty that a process asks for. Both reject with {@link LedgerUnavailableError}. */
export type HeldDuty = {
  /** Keeps the duty, and sweeps if that is due. */
  readonly call: () => Promise<void>;
  /** Leaves the duty to whoever asks next. */
  readonly release: () => Promise<void>;
};

/**
 * Gives what is called far more often than a sweep is due. Each call keeps the duty, also while a long sweep goes on,
 * so when its process dies another one has the duty within a lease and a call, and then sweeps at once.
 */
export const createDutySweep = (
  { ledger, clock }: { readonly ledger: Pick<Ledger, 'holdDuty'>; readonly clock: Clock },
  { duty, everyMilliseconds, leaseMilliseconds, sweep }: DutySweep,
): HeldDuty => {
  let sweptAt = Number.NEGATIVE_INFINITY;
  let isSweeping = false;
  return {
    call: async () => {
      if (!(await ledger.holdDuty(duty, leaseMilliseconds))) {
        // Another process has swept meanwhile; if it dies, nobody knows when.
        sweptAt = Number.NEGATIVE_INFINITY;
        return;
      }
      const now = clock().getTime();
      if (isSweeping || now - sweptAt < everyMilliseconds) {
        return;
      }
      isSweeping = true;
      try {
        await sweep();
        sweptAt = now;
      } finally {
        isSweeping = false;
      }
    },
    release: async () => {
      await ledger.holdDuty(duty, 0);
    },
  };
};
