import type { LaunchDependencies } from './dependencies.ts';
import { closeLaunch } from './tenant-session/close-launch.ts';

/** How long this process has the duty before another one may take it; longer than the time between sweeps. */
const DUTY_MILLISECONDS = 3 * 60_000;

/**
 * Ends the launches whose granted time is over, at the tenant too: an extension that is gone ends nothing. Gives
 * how many were ended.
 * @throws {LedgerUnavailableError}
 */
export const expireLaunches = async (
  deps: Pick<
    LaunchDependencies,
    'ledger' | 'tenant' | 'clock' | 'log' | 'logLagMilliseconds' | 'lookSoon'
  >,
): Promise<number> => {
  if (!(await deps.ledger.holdDuty('expire', DUTY_MILLISECONDS))) {
    return 0;
  }
  const expired = await deps.ledger.listExpired(deps.clock());
  for (const recorded of expired) {
    await closeLaunch(deps, recorded, { cause: 'expired', requestId: 'expiry' });
  }
  return expired.length;
};
