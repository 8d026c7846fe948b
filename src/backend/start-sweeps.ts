import type { LaunchDependencies } from './launch/dependencies.ts';
import { expireLaunches } from './launch/expire-launches.ts';
import { revokeLaunches } from './launch/revoke-launches.ts';
import { lookWindow, TOKEN_MAX_SECONDS } from './launch/tenant-session/look-window.ts';

/** No launch takes this long, so one whose outcome is still missing then has lost its process. */
const INTERRUPTED_AFTER_MILLISECONDS = 60_000;
/** How long a session can outlive what was granted, where its extension is gone. */
const EXPIRY_MILLISECONDS = 30_000;
/** Loss of rights ends sessions within five minutes: this long until it is seen, and the rest to end them. */
const REVOCATION_MILLISECONDS = 2 * 60_000;

/** What {@link startSweeps} works with. */
export type SweepDependencies = LaunchDependencies & {
  /** Roles of which an agent needs one. */
  readonly agentRoles: readonly string[];
};

/**
 * Looks at all launches, now and again every minute or two: marks those as interrupted whose process died, and ends
 * those whose granted time is over, and those of whoever lost the right to them. Gives what stops it.
 * @throws {LedgerUnavailableError} when the first look fails
 */
export const startSweeps = async (deps: SweepDependencies): Promise<() => void> => {
  const { ledger, clock, log } = deps;

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

  const revoke = async (): Promise<void> => {
    const count = await revokeLaunches(deps);
    if (count > 0) {
      log.warn('launches_revoked', { count });
    }
  };

  const expire = async (): Promise<void> => {
    const count = await expireLaunches(deps);
    if (count > 0) {
      log.info('launches_expired', { count });
    }
  };

  const every = (milliseconds: number, sweep: () => Promise<void>, failed: string) =>
    setInterval(() => {
      sweep().catch((error: unknown) => {
        log.error(failed, { cause: error instanceof Error ? error.name : 'unknown' });
      });
    }, milliseconds).unref();

  await markInterrupted();
  const sweeps = [
    every(INTERRUPTED_AFTER_MILLISECONDS, markInterrupted, 'sweep_failed'),
    every(EXPIRY_MILLISECONDS, expire, 'expiry_failed'),
    every(REVOCATION_MILLISECONDS, revoke, 'revocation_failed'),
  ];
  return () => {
    for (const sweep of sweeps) {
      clearInterval(sweep);
    }
  };
};
