import { API_REQUIREMENTS } from '../../tenant-settings/api-requirements.ts';
import { brokenLine, fixByHand, type Line, noteLine, rightLine } from '../line.ts';
import type { Patient } from '../patient.ts';
import { settingLines } from '../settings-fix.ts';

const AGENT_PERMISSIONS = ['impersonate:customers', 'read:customers'] as const;

/** The backend's API: refresh tokens, permissions from roles, no consent. */
export const checkApi = async ({ api, settings }: Patient): Promise<readonly Line[]> => {
  const { publicOrigin } = settings;
  const path = `/resource-servers/${encodeURIComponent(publicOrigin)}`;
  const found = await api.get(path);
  const claim = {
    id: 'api.exists',
    title: 'The API of the backend exists',
    wanted: `an API with the identifier ${publicOrigin}`,
    why: 'The access tokens of agents are for it.',
  };
  if (!found) {
    return [brokenLine(claim, 'not there', fixByHand('Run "npm run setup".'))];
  }
  const judged = {
    id: 'api',
    title: 'The API',
    object: found,
    path: `/resource-servers/${encodeURIComponent(String(found['id']))}`,
    section: 'resourceServers',
    key: { name: found['name'] ?? '', identifier: publicOrigin },
    resource: 'auth0_resource_server',
  };
  return [rightLine(claim, publicOrigin), ...settingLines(judged, API_REQUIREMENTS)];
};

const roleLine = async ({ api, settings }: Patient, name: string): Promise<Line> => {
  const claim = {
    id: `role.${name}`,
    title: `The role ${name} may act as customers`,
    wanted: AGENT_PERMISSIONS.join(' '),
    why: 'The backend takes permissions from roles only.',
  };
  const roles = await api.list('/roles', 'roles', 'totals');
  const role = roles.find((candidate) => candidate['name'] === name);
  if (!role) {
    return brokenLine(
      claim,
      'there is no such role',
      fixByHand('Run "npm run setup", or correct "protection.staffRoles".'),
    );
  }
  const path = `/roles/${encodeURIComponent(String(role['id']))}/permissions`;
  const granted = await api.list(path, 'permissions', 'totals');
  const missing = AGENT_PERMISSIONS.filter(
    (permission) =>
      !granted.some(
        (known) =>
          known['permission_name'] === permission &&
          known['resource_server_identifier'] === settings.publicOrigin,
      ),
  );
  if (missing.length === 0) {
    return rightLine(claim, AGENT_PERMISSIONS.join(' '));
  }
  const permissions = missing.map((permission_name) => ({
    permission_name,
    resource_server_identifier: settings.publicOrigin,
  }));
  return brokenLine(claim, `${missing.join(' ')} missing`, {
    calls: [{ method: 'POST', path, body: { permissions } }],
    deployCli: `roles: [${JSON.stringify({ name, permissions })}]`,
    terraform: `auth0_role_permission: permission = ${JSON.stringify(missing[0])}`,
    dashboard: `User Management → Roles → ${name} → Permissions`,
  });
};

/** Whether anybody could launch at all. */
export const checkAgents = async ({ api, settings }: Patient): Promise<readonly Line[]> => {
  const { staffRoles } = settings.protection;
  const claim = {
    id: 'agents',
    title: 'Somebody has one of the agents’ roles',
    wanted: staffRoles.join(' or '),
    why: 'Until then every launch is refused. Give it in User Management → Roles → (the role) → Users, or with "npm run setup -- --first-agent".',
  };
  const roles = (await api.list('/roles', 'roles', 'totals')).filter(({ name }) =>
    staffRoles.includes(String(name)),
  );
  for (const { id, name } of roles) {
    const users = await api.read(`/roles/${encodeURIComponent(String(id))}/users?per_page=1`);
    if (Array.isArray(users) && users.length > 0) {
      return [rightLine(claim, String(name))];
    }
  }
  return [noteLine(claim, 'nobody has')];
};

/** The agents' roles. */
export const checkRoles = (patient: Patient): Promise<readonly Line[]> =>
  Promise.all(patient.settings.protection.staffRoles.map((name) => roleLine(patient, name)));
