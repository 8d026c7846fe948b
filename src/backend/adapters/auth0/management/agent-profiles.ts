import type { ManagementClient } from 'auth0';
import type { AgentId } from '../../../../contract/ids.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { AgentProfile, Tenant } from '../../../ports/tenant.ts';
import { managementAnswer, managementItems } from './management.ts';

const LIFETIME_MILLISECONDS = 5 * 60_000;
const MAX_AGENTS = 5_000;
const PAGE_SIZE = 100;

/**
 * Agents as the tenant's directory knows them; their names are kept for five minutes. Permissions are those for the API
 * `audience`.
 */
export const createAgentProfiles = (
  management: ManagementClient,
  audience: string,
  clock: Clock,
): Tenant['agents'] => {
  const known = new Map<AgentId, { readonly at: number; readonly profile: AgentProfile }>();
  return {
    load: async (id) => {
      const now = clock().getTime();
      const cached = known.get(id);
      if (cached && now - cached.at < LIFETIME_MILLISECONDS) {
        return cached.profile;
      }
      const user = await managementAnswer(
        management.users.get(id, { fields: 'name,email', include_fields: true }),
      );
      const email = user?.email ?? '';
      const profile = { name: user?.name ?? (email || id), email };
      if (known.size >= MAX_AGENTS) {
        known.clear();
      }
      known.set(id, { at: now, profile });
      return profile;
    },
    standing: async (id) => {
      const user = await managementAnswer(
        management.users.get(id, { fields: 'blocked', include_fields: true }),
      );
      if (!user) {
        return undefined;
      }
      const roles = await managementItems(
        management.users.roles.list(id, { per_page: PAGE_SIZE, include_totals: true }),
      );
      return { isBlocked: user.blocked === true, roles: roles.flatMap(({ name }) => name ?? []) };
    },
    permissions: async (id) => {
      const first = await managementAnswer(
        management.users.permissions.list(id, { per_page: PAGE_SIZE, include_totals: true }),
      );
      const granted = first ? await managementItems(Promise.resolve(first)) : [];
      return granted.flatMap(({ resource_server_identifier: api, permission_name }) =>
        api === audience && permission_name !== undefined ? permission_name : [],
      );
    },
  };
};
