import type { TenantClient } from '../../../../src/sandbox/tenant/model.ts';
import { byName } from '../../setup/company-outcome.ts';
import type { CompanyTenant } from '../../setup/company-tenant.ts';

export type Data = CompanyTenant['data'];

/** What somebody did to a tenant, and the lines that have to say so. */
export type BrokenTenant = {
  readonly what: string;
  readonly lines: readonly string[];
  readonly breakIt: (data: Data) => void;
};

/** Describes a tenant with one mistake. */
export const broken = (
  what: string,
  line: string | readonly string[],
  breakIt: (data: Data) => void,
): BrokenTenant => ({ what, lines: [line].flat(), breakIt });

/** Changes one application of a tenant. */
export const client =
  (name: string, change: (client: TenantClient) => void) =>
  ({ clients }: Data): void =>
    change(byName(clients, name));

/** Disables a connection on an application. */
export const disable =
  (connection: string, clientName: string) =>
  ({ connections, clients }: Data): void => {
    const { client_id } = byName(clients, clientName);
    const found = byName(connections, connection);
    found.enabled_clients = found.enabled_clients.filter((id) => id !== client_id);
  };
