import type { JsonObject } from '../../tenant-settings/json.ts';
import { isJsonObject } from '../../tenant-settings/json.ts';
import { brokenLine, fixByHand, type Line, noteLine, rightLine } from '../line.ts';
import type { Patient } from '../patient.ts';

const idOf = (connection: JsonObject): string => String(connection['id']);

const clientsOf = async ({ api }: Patient, connection: JsonObject): Promise<readonly string[]> => {
  const path = `/connections/${encodeURIComponent(idOf(connection))}/clients`;
  const clients = await api.list(path, 'clients', 'checkpoint');
  return clients.map(({ client_id }) => String(client_id));
};

const enabling = (connection: JsonObject, clientId: string, status: boolean) => ({
  calls: [
    {
      method: 'PATCH' as const,
      path: `/connections/${encodeURIComponent(idOf(connection))}/clients`,
      body: [{ client_id: clientId, status }],
    },
  ],
  deployCli:
    'Leave it to the call: an "enabled_clients" of a connection disables every application that it does not list.',
  terraform: `auth0_connection_client: connection_id = "${idOf(connection)}", client_id = "${clientId}"${status ? '' : ' (remove it)'}`,
  dashboard: `Authentication → ${String(connection['name'])} → Applications`,
});

const requestingLine = async (
  patient: Patient,
  name: string,
  connection: JsonObject | undefined,
): Promise<Line> => {
  const { requestingClientId } = patient.settings.auth0;
  const claim = {
    id: `connection.${name}.requesting`,
    title: `The connection ${name} is enabled on the requesting application`,
    wanted: 'enabled',
    why: 'A session transfer token is made within the customer’s connection.',
  };
  if (!connection) {
    return brokenLine(
      claim,
      'there is no such connection',
      fixByHand('Correct "customers.connections" of the backend’s configuration.'),
    );
  }
  return (await clientsOf(patient, connection)).includes(requestingClientId)
    ? rightLine(claim, 'enabled')
    : brokenLine(claim, 'not enabled', enabling(connection, requestingClientId, true));
};

const targetLine = async (
  patient: Patient,
  clientId: string,
  customers: readonly JsonObject[],
): Promise<Line> => {
  const claim = {
    id: `target.${clientId}.connection`,
    title: `A connection of customers is enabled on the app ${clientId}`,
    wanted: 'at least one of the customers’ connections',
    why: 'The token redeems only where the customer’s connection is enabled.',
  };
  const enabled: string[] = [];
  for (const connection of customers) {
    if ((await clientsOf(patient, connection)).includes(clientId)) {
      enabled.push(String(connection['name']));
    }
  }
  const [first] = customers;
  return enabled.length > 0 || !first
    ? rightLine(claim, enabled.join(', '))
    : brokenLine(claim, 'none', enabling(first, clientId, true));
};

const extensionLine = async (patient: Patient, customers: readonly JsonObject[]): Promise<Line> => {
  const { extensionClientId } = patient.settings.auth0;
  const claim = {
    id: 'extension.connection',
    title: 'No connection of customers is enabled on the extension’s application',
    wanted: 'none',
    why: 'A customer could sign in to the extension.',
    severity: 'warning' as const,
  };
  for (const connection of customers) {
    if ((await clientsOf(patient, connection)).includes(extensionClientId)) {
      return brokenLine(
        claim,
        String(connection['name']),
        enabling(connection, extensionClientId, false),
      );
    }
  }
  return rightLine(claim, 'none');
};

const importLines = (customers: readonly JsonObject[]): readonly Line[] => {
  const importing = customers.filter(
    ({ options }) => isJsonObject(options) && options['import_mode'] === true,
  );
  const claim = {
    id: 'connection.import_mode',
    title: 'Connections that import users from a custom database',
    wanted: 'anything',
    why: 'A customer is named there by the whole user id, so an account that is only linked to the connection cannot be acted for.',
  };
  return importing.length === 0
    ? [rightLine(claim, 'none')]
    : [noteLine(claim, importing.map(({ name }) => String(name)).join(', '))];
};

/** Which connections are enabled where. */
export const checkConnections = async (patient: Patient): Promise<readonly Line[]> => {
  const all = await patient.api.list('/connections', 'connections', 'checkpoint');
  const names = patient.settings.customers.connections;
  const customers = all.filter(({ name }) => names.includes(String(name)));
  const lines: Line[] = [];
  for (const name of names) {
    lines.push(
      await requestingLine(
        patient,
        name,
        customers.find((connection) => connection['name'] === name),
      ),
    );
  }
  for (const clientId of Object.keys(patient.settings.targetApps)) {
    lines.push(await targetLine(patient, clientId, customers));
  }
  lines.push(await extensionLine(patient, customers), ...importLines(customers));
  return lines;
};

/** The organizations whose members are acted for: each lets people in by a connection of customers. */
export const checkOrganizations = async (patient: Patient): Promise<readonly Line[]> => {
  const { api, record, settings } = patient;
  const all = await api.list('/organizations', 'organizations', 'totals');
  const connections = await api.list('/connections', 'connections', 'checkpoint');
  const served = record?.answers.organizations ?? all.map(({ id }) => String(id));
  const lines: Line[] = [];
  for (const id of served) {
    const organization = all.find((candidate) => candidate['id'] === id);
    const name = String(organization?.['name'] ?? id);
    const claim = {
      id: `organization.${id}`,
      title: `The organization ${name} lets customers in`,
      wanted: `one of ${settings.customers.connections.join(', ')}`,
      why: 'A launch into an organization is refused where the customer’s connection is not enabled in it.',
      severity: 'warning' as const,
    };
    if (!organization) {
      lines.push(
        brokenLine(claim, 'there is no such organization', fixByHand('Run "npm run setup".')),
      );
      continue;
    }
    const path = `/organizations/${encodeURIComponent(id)}/enabled_connections`;
    const enabled = await api.list(path, 'enabled_connections', 'totals');
    const names = enabled.map(({ connection }) =>
      isJsonObject(connection) ? String(connection['name']) : '',
    );
    const known = names.filter((each) => settings.customers.connections.includes(each));
    const connection_id = String(
      connections.find((each) => each['name'] === settings.customers.connections[0])?.['id'],
    );
    lines.push(
      known.length > 0
        ? rightLine(claim, known.join(', '))
        : brokenLine(claim, names.join(', ') || 'no connection', {
            calls: [
              {
                method: 'POST',
                path,
                body: { connection_id, assign_membership_on_login: false },
              },
            ],
            deployCli: `organizations: [{"name": ${JSON.stringify(name)}, "connections": […all that it has, and ours]}]`,
            terraform: `auth0_organization_connection: organization_id = "${id}", connection_id = "${connection_id}"`,
            dashboard: `Organizations → ${name} → Connections`,
          }),
    );
  }
  return lines;
};
