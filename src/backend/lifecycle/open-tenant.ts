import { setTimeout as delay } from 'node:timers/promises';
import type { ManagementClient } from 'auth0';
import { createAuth0Tenant } from '../adapters/auth0/tenant.ts';
import { createAuth0Directory } from '../adapters/directory/auth0-directory.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

/** The tenant and its directory of customers, as the configuration describes them. */
export const openTenant = (
  config: Config,
  parts: { readonly management: ManagementClient; readonly clock: Clock; readonly log: Log },
) => {
  const { auth0, customers, policy } = config;
  const { management, clock, log } = parts;
  return {
    tenant: createAuth0Tenant({
      management,
      requestingClientId: auth0.requestingClientId,
      audience: config.publicOrigin,
      delay,
      overrides: config.targetApps,
      loginOrigins: config.loginOrigins,
      allowInsecureLocalhost: config.allowInsecureLocalhost,
      defaultLoginDomain: new URL(auth0.issuer).host,
      clock,
      log,
    }),
    directory: createAuth0Directory({
      management,
      connections: customers.connections,
      metadataKey: config.protection.metadataKey,
      externalIdField: customers.externalIdField,
      attributes: policy.customerAttributes,
      clock,
    }),
  };
};
