import type { LaunchDependencies } from '../launch/dependencies.ts';
import { createDutySweep } from '../launch/duty-sweep.ts';
import { expireLaunches } from '../launch/expire-launches.ts';
import { revokeLaunches } from '../launch/revoke-launches.ts';
import { lookWindow, TOKEN_MAX_SECONDS } from '../launch/tenant-session/look-window.ts';

/** No launch takes this long, so one whose outcome is still missing then has lost its process. */
const INTERRUPTED_AFTER_MILLISECONDS = 60_000;
/** How often a process asks for the duties below, and keeps them. So long can a session outlive what was granted. */
const DUTY_MILLISECONDS = 20_000;
/** After so long without being kept, a duty is anybody's. */
const LEASE_MILLISECONDS = 60_000;
/**
 * Loss of rights ends sessions within five minutes. At worst the process with the duty dies just before its next
 * sweep: two minutes, then the lease and one interval until another process sweeps, and the rest for that sweep.
 */
const REVOCATION_MILLISECONDS = 2 * 60_000;

/** What {@link startSweeps} works with. */
export type SweepDependencies = LaunchDependencies & {
  /** Roles of which an agent needs one. */
  readonly agentRoles: readonly string[];
};

/** Sweeps at work. */
export type Sweeping = {
  /**
   * Resolves when the sweeps under way are over, which is before their next launch, and their duties another process's.
   * Nothing sweeps after it.
   */
  readonly stop: () => Promise<void>;
};

/**
 * Looks at all launches, now and again every minute or two: marks those as interrupted whose process died, and ends
 * those whose granted time is over, and those of whoever lost the right to them.
 * @throws {LedgerUnavailableError} when the first look fails
 */
export const startSweeps = async (deps: SweepDependencies): Promise<Sweeping> => {
  const { ledger, clock, log } = deps;
  let isStopped = false;
  const sweeper = { ...deps, isStopping: () => isStopped };

  /** Also a minute later: what was under way at the start of this process may be another replica's. */
  const markInterrupted = async (): Promise<void> => {
    const now = clock();
    const count = await ledger.markInterrupted(
      new Date(now.getTime() - INTERRUPTED_AFTER_MILLISECONDS),
      lookWindow(now, TOKEN_MAX_SECONDS, deps.logLagMilliseconds),
    );
    if (count > 0) {
      log.warn('launches_interrupted', { count });
    }
  };

  const revoke = createDutySweep(deps, {
    duty: 'revoke',
    everyMilliseconds: REVOCATION_MILLISECONDS,
    leaseMilliseconds: LEASE_MILLISECONDS,
    sweep: async () => {
      const count = await revokeLaunches(sweeper);
      if (count > 0) {
        log.warn('launches_revoked', { count });
      }
    },
  });

  const expire = createDutySweep(deps, {
    duty: 'expire',
    everyMilliseconds: 0,
    leaseMilliseconds: LEASE_MILLISECONDS,
    sweep: async () => {
      const count = await expireLaunches(sweeper);
      if (count > 0) {
        log.info('launches_expired', { count });
      }
    },
  });

  const underWay = new Set<Promise<void>>();
  const run = (sweep: () => Promise<void>, failed: string): void => {
    const work = sweep()
      .catch((error: unknown) => {
        log.error(failed, { cause: error instanceof Error ? error.name : 'unknown' });
      })
      .finally(() => underWay.delete(work));
    underWay.add(work);
  };
  const every = (milliseconds: number, sweep: () => Promise<void>, failed: string) =>
    setInterval(() => run(sweep, failed), milliseconds).unref();

  await markInterrupted();
  const timers = [
    every(INTERRUPTED_AFTER_MILLISECONDS, markInterrupted, 'sweep_failed'),
    every(DUTY_MILLISECONDS, expire.call, 'expiry_failed'),
    every(DUTY_MILLISECONDS, revoke.call, 'revocation_failed'),
  ];
  // A process that lives for less than an interval sweeps as well.
  run(expire.call, 'expiry_failed');
  run(revoke.call, 'revocation_failed');
  return {
    stop: async () => {
      isStopped = true;
      for (const timer of timers) {
        clearInterval(timer);
      }
      await Promise.all(underWay);
      run(expire.release, 'expiry_failed');
      run(revoke.release, 'revocation_failed');
      await Promise.all(underWay);
    },
  };
};
