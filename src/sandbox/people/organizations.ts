import type { TenantOrganization } from '../tenant/model.ts';
import { stableId } from './stable-id.ts';

const organization = (
  name: string,
  displayName: string,
  connections: string[],
): TenantOrganization => ({
  id: `org_${stableId(`organization ${name}`, 16)}`,
  name,
  display_name: displayName,
  metadata: {},
  connections,
  members: [],
});

/** The customers' companies, without members yet. */
export const seedOrganizations = (): TenantOrganization[] => [
  organization('nordwind', 'Nordwind Logistics', ['customers']),
  organization('acme', 'Acme Industries', ['customers', 'acme-sso']),
  organization('blue-harbor', 'Blue Harbor Clinic', ['customers', 'partners']),
  organization('kestrel', 'Kestrel Analytics', ['partners']),
  organization('tamarind', 'Tamarind Foods', ['customers']),
  organization('fjord', 'Fjord Energy & Söner <AB>', ['customers', 'acme-sso']),
];
