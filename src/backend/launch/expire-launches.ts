import type { LaunchDependencies } from './dependencies.ts';
import { closeLaunch } from './tenant-session/close-launch.ts';

export type ExpiryDependencies = Pick<
  LaunchDependencies,
  'ledger' | 'tenant' | 'clock' | 'log' | 'logLagMilliseconds' | 'lookSoon'
> & {
  /** Asked before each launch: what is left when the process stops is the next sweep's. */
  readonly isStopping: () => boolean;
};

/**
 * Ends the launches whose granted time is over, at the tenant too: an extension that is gone ends nothing. Gives
 * how many were ended.
 * @throws {LedgerUnavailableError}
 */
export const expireLaunches = async (deps: ExpiryDependencies): Promise<number> => {
  let ended = 0;
  for (const recorded of await deps.ledger.listExpired(deps.clock())) {
    if (deps.isStopping()) {
      return ended;
    }
    await closeLaunch(deps, recorded, { cause: 'expired', requestId: 'expiry' });
    ended += 1;
  }
  return ended;
};
