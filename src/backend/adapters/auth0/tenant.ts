import type { Tenant } from '../../ports/tenant.ts';
import { createAgentProfiles } from './management/agent-profiles.ts';
import {
  createTargetAppCatalog,
  type TargetAppCatalogOptions,
} from './management/target-app-catalog.ts';
import { createTenantLog } from './management/tenant-log.ts';
import { createTenantSessions } from './management/tenant-sessions.ts';
import { createTenantSettings } from './management/tenant-settings.ts';

export type Auth0TenantOptions = TargetAppCatalogOptions & {
  readonly requestingClientId: string;
  /** The API that agents' permissions are for: this backend. */
  readonly audience: string;
  readonly delay: (milliseconds: number) => Promise<void>;
};

/** An Auth0 tenant over its Management API. */
export const createAuth0Tenant = (options: Auth0TenantOptions): Tenant => {
  const { management, clock } = options;
  return {
    agents: createAgentProfiles(management, options.audience, clock),
    apps: createTargetAppCatalog(options),
    settings: createTenantSettings(management, options.requestingClientId),
    log: createTenantLog(management),
    sessions: createTenantSessions(management, options.delay),
  };
};
