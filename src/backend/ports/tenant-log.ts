import type { AgentId, CustomerId, LaunchId, TargetAppId } from '../../contract/ids.ts';

/** An entry of the tenant's log, as far as launches are concerned. Never holds a token or a URL. */
export type TenantLogEntry = {
  /** Auth0's event type code, such as `sdel`. */
  readonly type: string;
  readonly at: Date;
  readonly clientId?: TargetAppId;
  readonly customerId?: CustomerId;
  readonly ip?: string;
  readonly sessionId?: string;
  /** The actor object of a delegated event. */
  readonly actor?: { readonly sub?: AgentId; readonly launch?: LaunchId };
  readonly description?: string;
  readonly error?: string;
};

/**
 * The tenant's own log. Entries may come late, by an unknown time, and out of order.
 * @throws {TenantUnavailableError | TenantBusyError}
 */
export type TenantLog = {
  /** Entries of these types since then, newest first, 100 at most. */
  readonly entriesSince: (
    since: Date,
    types: readonly string[],
  ) => Promise<readonly TenantLogEntry[]>;
};
