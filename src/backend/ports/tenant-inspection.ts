import type { OrganizationId, TargetAppId } from '../../contract/ids.ts';
import type { TargetApp } from '../../contract/target-app.ts';

/** How a target app is configured now, as far as redemption depends on it. */
export type AppSettings = {
  readonly delegationAllowed: boolean;
  readonly queryAllowed: boolean;
  readonly organizationUsage: TargetApp['organizationUsage'];
  readonly connections: readonly string[];
};

/**
 * Looks at the tenant's configuration as it is now, never at a cache.
 * @throws {TenantUnavailableError | TenantBusyError}
 */
export type TenantInspection = {
  readonly appSettings: (id: TargetAppId) => Promise<AppSettings | undefined>;
  /** The connections enabled on the requesting application. */
  readonly requestingConnections: () => Promise<readonly string[]>;
  /** The connections enabled in an organization; `undefined` when there is no such organization. */
  readonly organizationConnections: (id: OrganizationId) => Promise<readonly string[] | undefined>;
};

/** Tells whether anything answers at an origin within three seconds. Never rejects. */
export type AppProbe = (url: string) => Promise<boolean>;
