import { type Ids, referencesIn, resolveText } from '../../tenant-settings/call.ts';
import { isJsonObject, type JsonObject } from '../../tenant-settings/json.ts';
import { patchFor } from '../../tenant-settings/requirement.ts';
import {
  type Change,
  joinPlans,
  NO_CHANGE,
  type PartialPlan,
  type Planning,
  textOf,
} from './change.ts';
import { differencesOf } from './differences.ts';

const planTarget = async (
  { api, description }: Planning,
  clientId: string,
): Promise<PartialPlan> => {
  const client = await api.get(`/clients/${encodeURIComponent(clientId)}`);
  if (!client) {
    return { changes: [], conflicts: [`The tenant has no application "${clientId}" (--target).`] };
  }
  const body = patchFor(client, description.targetRequirements);
  if (!body) {
    return NO_CHANGE;
  }
  const before = client['session_transfer'];
  const after = body['session_transfer'];
  return {
    changes: [
      {
        title: `Let agents into the app ${textOf(client, 'name')}`,
        differences: differencesOf(client, description.targetRequirements),
        call: { method: 'PATCH', path: `/clients/${encodeURIComponent(clientId)}`, body },
        entries: () => [
          {
            kind: 'target',
            clientId,
            before: isJsonObject(before) ? before : null,
            after: isJsonObject(after) ? after : {},
          },
        ],
      },
    ],
    conflicts: [],
  };
};

/** Plans the `session_transfer` of each target app, and nothing else of it. */
export const planTargets = async (planning: Planning): Promise<PartialPlan> => {
  const plans: PartialPlan[] = [];
  for (const clientId of planning.description.targets) {
    plans.push(await planTarget(planning, clientId));
  }
  return joinPlans(plans);
};

const isReferenceMade = (text: string, ids: Ids): boolean =>
  referencesIn(text).every((name) => ids.has(name));

const planConnection = async (
  { api, description }: Planning,
  connection: JsonObject,
  ids: Ids,
): Promise<readonly Change[]> => {
  const id = textOf(connection, 'id');
  const name = textOf(connection, 'name');
  const path = `/connections/${encodeURIComponent(id)}/clients`;
  const enabled = await api.list(path, 'clients', 'checkpoint');
  const missing = (description.connections[name] ?? []).filter(
    (client) =>
      !isReferenceMade(client, ids) ||
      !enabled.some(({ client_id }) => client_id === resolveText(client, ids)),
  );
  return missing.length === 0
    ? []
    : [
        {
          title: `Enable the connection ${name} on ${missing.length} more application${missing.length > 1 ? 's' : ''}`,
          call: {
            method: 'PATCH',
            path,
            body: missing.map((client_id) => ({ client_id, status: true })),
          },
          entries: (_answer, made) =>
            missing.map((client) => ({
              kind: 'connection',
              connectionId: id,
              clientId: resolveText(client, made),
            })),
        },
      ];
};

/** Plans which of our applications and the target apps have which connection; others stay as they are. */
export const planConnections = async (planning: Planning, ids: Ids): Promise<PartialPlan> => {
  const all = await planning.api.list('/connections', 'connections', 'checkpoint');
  const changes: Change[] = [];
  const conflicts: string[] = [];
  for (const name of Object.keys(planning.description.connections)) {
    const connection = all.find((candidate) => candidate['name'] === name);
    if (connection) {
      changes.push(...(await planConnection(planning, connection, ids)));
    } else {
      conflicts.push(`The tenant has no connection "${name}".`);
    }
  }
  return { changes, conflicts };
};

/** Plans the customers' connections in each organization whose members are acted for. */
export const planOrganizations = async ({ api, description }: Planning): Promise<PartialPlan> => {
  const changes: Change[] = [];
  const conflicts: string[] = [];
  const connections =
    description.organizations.length > 0
      ? await api.list('/connections', 'connections', 'checkpoint')
      : [];
  for (const id of description.organizations) {
    const organization = await api.get(`/organizations/${encodeURIComponent(id)}`);
    if (!organization) {
      conflicts.push(`The tenant has no organization "${id}" (--organization).`);
      continue;
    }
    const path = `/organizations/${encodeURIComponent(id)}/enabled_connections`;
    const enabled = await api.list(path, 'enabled_connections', 'totals');
    for (const connection of connections) {
      const connectionId = textOf(connection, 'id');
      const name = textOf(connection, 'name');
      const isWanted = description.customerConnections.includes(name);
      if (isWanted && !enabled.some(({ connection_id }) => connection_id === connectionId)) {
        changes.push({
          title: `Let the organization ${textOf(organization, 'name')} in by the connection ${name}`,
          call: {
            method: 'POST',
            path,
            body: { connection_id: connectionId, assign_membership_on_login: false },
          },
          entries: () => [{ kind: 'organization', organizationId: id, connectionId }],
        });
      }
    }
  }
  return { changes, conflicts };
};
