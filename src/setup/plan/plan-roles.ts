import { reference } from '../../tenant-settings/call.ts';
import type { DescribedRole } from '../description/describe.ts';
import { madeEntry } from '../files/record.ts';
import {
  joinPlans,
  NO_CHANGE,
  type PartialPlan,
  type Planning,
  takenName,
  textOf,
} from './change.ts';

const permissionsBody = (role: DescribedRole, identifier: string, only: readonly string[]) => ({
  permissions: role.permissions
    .filter((permission) => only.includes(permission))
    .map((permission_name) => ({ resource_server_identifier: identifier, permission_name })),
});

const planRole = async (
  { api, description, record }: Planning,
  key: 'agent' | 'supervisor',
): Promise<PartialPlan> => {
  const role = description.roles[key];
  const { identifier } = description.api;
  const ref = `role:${key}`;
  const made = madeEntry(record, ref);
  const own = made && (await api.get(`/roles/${encodeURIComponent(made.id)}`));
  if (made && own) {
    const granted = await api.list(`/roles/${made.id}/permissions`, 'permissions', 'totals');
    const missing = role.permissions.filter(
      (permission) =>
        !granted.some(
          (known) =>
            known['permission_name'] === permission &&
            known['resource_server_identifier'] === identifier,
        ),
    );
    return missing.length === 0
      ? NO_CHANGE
      : {
          changes: [
            {
              title: `Give the role ${role.name} what it lacks`,
              differences: missing.map((permission) => `${permission} is missing`),
              call: {
                method: 'POST',
                path: `/roles/${made.id}/permissions`,
                body: permissionsBody(role, identifier, missing),
              },
              entries: () => [],
            },
          ],
          conflicts: [],
        };
  }
  const others = await api.list(
    `/roles?name_filter=${encodeURIComponent(role.name)}`,
    'roles',
    'totals',
  );
  const taken = others.find(({ name }) => name === role.name);
  if (taken) {
    return { changes: [], conflicts: [takenName('a role', role.name, textOf(taken, 'id'))] };
  }
  return {
    changes: [
      {
        title: `Create the role ${role.name}`,
        call: {
          method: 'POST',
          path: '/roles',
          body: { name: role.name, description: role.description },
        },
        makes: ref,
        entries: (answer) => [{ kind: 'made', ref, type: 'roles', id: textOf(answer, 'id') }],
      },
      {
        title: `Give the role ${role.name} its permissions: ${role.permissions.join(', ')}`,
        call: {
          method: 'POST',
          path: `/roles/${reference(ref)}/permissions`,
          body: permissionsBody(role, identifier, role.permissions),
        },
        entries: () => [],
      },
    ],
    conflicts: [],
  };
};

/** Plans the roles of agents and supervisors; whom they are given to is not setup's, but for the first agent. */
export const planRoles = async (planning: Planning): Promise<PartialPlan> =>
  joinPlans([await planRole(planning, 'agent'), await planRole(planning, 'supervisor')]);

/** Plans the agents' role for the first agent. */
export const planFirstAgent = async ({
  api,
  description,
  record,
}: Planning): Promise<PartialPlan> => {
  const { firstAgent } = description;
  if (firstAgent === undefined) {
    return NO_CHANGE;
  }
  if (!(await api.get(`/users/${encodeURIComponent(firstAgent)}?fields=user_id`))) {
    return { changes: [], conflicts: [`The tenant has no user "${firstAgent}" (--first-agent).`] };
  }
  const role = madeEntry(record, 'role:agent');
  const stillThere = role && (await api.get(`/roles/${encodeURIComponent(role.id)}`));
  const members = stillThere ? await api.list(`/roles/${role.id}/users`, 'users', 'totals') : [];
  return members.some(({ user_id }) => user_id === firstAgent)
    ? NO_CHANGE
    : {
        changes: [
          {
            title: `Give ${firstAgent} the role ${description.roles.agent.name}`,
            call: {
              method: 'POST',
              path: `/roles/${reference('role:agent')}/users`,
              body: { users: [firstAgent] },
            },
            entries: (_answer, ids) => [
              { kind: 'member', roleId: ids.get('role:agent') ?? '', userId: firstAgent },
            ],
          },
        ],
        conflicts: [],
      };
};
