import type { LaunchEvent } from '../../../contract/launch-request.ts';
import type { LoadedCustomer } from '../../ports/customer-directory.ts';
import type { RecordedLaunch } from '../../ports/ledger.ts';
import type { AppSettings, CatalogedApp, TenantLogEntry } from '../../ports/tenant.ts';

/** All that a diagnosis rests on. What could not be found out is `undefined`, and rules nothing out. */
export type DiagnosisFacts = {
  readonly recorded: RecordedLaunch;
  readonly event: LaunchEvent;
  readonly app: CatalogedApp | undefined;
  readonly settings: AppSettings | undefined;
  readonly appReachable: boolean | undefined;
  readonly customer: LoadedCustomer | undefined;
  readonly requestingConnections: readonly string[] | undefined;
  /** `null` when the launch's organization does not exist. */
  readonly organizationConnections: readonly string[] | null | undefined;
  /** The tenant's entries about this app since the token was issued, newest first. */
  readonly appLog: readonly TenantLogEntry[] | undefined;
  /** Other launches of the agent on the same login domain that have not ended. */
  readonly otherSessions: number;
  /** The backend sees the agent at an address that the tenant cannot see. */
  readonly agentAddressIsHidden: boolean;
};
