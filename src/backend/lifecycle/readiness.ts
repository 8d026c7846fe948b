import type { Readiness } from '../http/routes/public.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Shutdown } from './shutdown.ts';
import type { TenantVerification } from './tenant-verification.ts';

/** Tells whether launches can be served now; the first obstacle is named. */
export const createReadiness =
  (
    shutdown: Pick<Shutdown, 'hasBegun'>,
    ledger: Pick<Ledger, 'assertWritable'>,
    verification: Pick<TenantVerification, 'isDone'>,
  ) =>
  async (): Promise<Readiness> => {
    if (shutdown.hasBegun()) {
      return 'shutting_down';
    }
    if (!verification.isDone()) {
      return 'tenant_unverified';
    }
    try {
      await ledger.assertWritable();
      return 'ready';
    } catch {
      // The cause is logged where a launch fails.
      return 'ledger_unavailable';
    }
  };
