import type { ManagementClient } from 'auth0';
import type { Tenant } from '../../../ports/tenant.ts';
import { managementAnswer, managementItems } from './management.ts';

const PAGE_SIZE = 100;

/** The tenant's configuration over the Management API. */
export const createTenantSettings = (
  management: ManagementClient,
  requestingClientId: string,
): Tenant['settings'] => {
  const connectionsOf = async (clientId: string): Promise<readonly string[]> => {
    const connections = await managementItems(
      management.clients.connections.get(clientId, { take: PAGE_SIZE }),
    );
    return connections.flatMap(({ name }) => name ?? []);
  };
  return {
    ofApp: async (id) => {
      const client = await managementAnswer(management.clients.get(id));
      if (!client) {
        return undefined;
      }
      const settings = client.session_transfer;
      return {
        delegationAllowed: settings?.delegation?.allow_delegated_access === true,
        queryAllowed: settings?.allowed_authentication_methods?.includes('query') === true,
        organizationUsage: client.organization_usage ?? 'deny',
        connections: await connectionsOf(id),
      };
    },
    requestingConnections: () => connectionsOf(requestingClientId),
    organizationConnections: async (id) => {
      if (!(await managementAnswer(management.organizations.get(id)))) {
        return undefined;
      }
      const enabled = await managementItems(
        management.organizations.enabledConnections.list(id, {
          per_page: PAGE_SIZE,
          include_totals: true,
        }),
      );
      return enabled.flatMap(({ connection }) => connection?.name ?? []);
    },
  };
};
