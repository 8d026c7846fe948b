import { replaceReferences } from '../../tenant-settings/call.ts';
import { isJsonObject, type Json } from '../../tenant-settings/json.ts';
import type { ManagementKey } from '../../tenant-settings/management-keys.ts';
import { objectMeeting } from '../../tenant-settings/requirement.ts';
import type { DescribedAction, DescribedRole, Description } from '../description/describe.ts';
import { CLIENT_NAMES, type ClientName } from '../description/describe.ts';
import { RUNTIME } from '../plan/plan-actions.ts';
import type { ManagementApi } from '../tenant/management-api.ts';
import { type Argument, type Block, expression, partsOf, printBlock } from './hcl.ts';
import { allTargetBlocks } from './terraform-targets.ts';

/** Files by their path in the folder. */
export type Files = ReadonlyMap<string, string>;

/** The version whose arguments `targets.tf` leaves to the apps' owners; it knows `session_transfer.delegation`. */
const PROVIDER_VERSION = '>= 1.55.0';

const TARGETS_HEAD = `# The apps that agents act in. Each is imported, and its session_transfer is all that is set here.
# If an app is in a Terraform state already, delete its two blocks and copy session_transfer into its own resource:
# two resources for one application undo each other's changes. Only auth0_client has session_transfer; the provider
# has no resource for that setting alone.

`;

/** Settings of an application that have a resource of their own. */
const ELSEWHERE = new Set(['token_endpoint_auth_method', 'client_authentication_methods']);

const clientAddress = (reference: string): string =>
  `auth0_client.${reference.replace(/^client:/, '')}.client_id`;

/** Text with references as Terraform's expression. */
const resolved = (text: string): Argument => {
  const whole = /^\{\{(client:[a-z]+)\}\}$/.exec(text);
  return whole?.[1] === undefined ? text : expression(clientAddress(whole[1]));
};

const resource = (
  type: string,
  label: string,
  args: Readonly<Record<string, Argument>>,
  blocks: readonly Block[] = [],
): Block => ({ type: 'resource', labels: [type, label], arguments: args, blocks });

const apiBlocks = ({ api }: Description): readonly Block[] => {
  const { scopes, ...settings } = objectMeeting(api.requirements);
  const list: readonly Json[] = Array.isArray(scopes) ? scopes : [];
  return [
    resource('auth0_resource_server', 'understudy', {
      name: api.name,
      identifier: api.identifier,
      token_lifetime: 3600,
      ...settings,
    }),
    resource(
      'auth0_resource_server_scopes',
      'understudy',
      {
        resource_server_identifier: expression('auth0_resource_server.understudy.identifier'),
      },
      list.flatMap((scope) =>
        isJsonObject(scope)
          ? [
              {
                type: 'scopes',
                arguments: { name: scope['value'] ?? '', description: scope['description'] ?? '' },
              },
            ]
          : [],
      ),
    ),
  ];
};

const keyBlock = (keys: readonly ManagementKey[]): Block => ({
  type: 'private_key_jwt',
  arguments: {},
  blocks: keys.map(({ name, pem }) => ({
    type: 'credentials',
    arguments: { name, credential_type: 'public_key', algorithm: 'RS256', pem },
  })),
});

const clientBlocks = (
  { clients, managementKeys }: Description,
  name: ClientName,
): readonly Block[] => {
  const { initial } = clients[name];
  const settings = Object.entries(initial).filter(([field]) => !ELSEWHERE.has(field));
  const { arguments: args, blocks = [] } = partsOf(Object.fromEntries(settings));
  const keys = name === 'management' ? managementKeys : undefined;
  return [
    resource('auth0_client', name, args, blocks),
    resource(
      'auth0_client_credentials',
      name,
      {
        client_id: expression(clientAddress(name)),
        authentication_method: keys
          ? 'private_key_jwt'
          : (initial['token_endpoint_auth_method'] ?? 'client_secret_post'),
      },
      keys ? [keyBlock(keys)] : [],
    ),
  ];
};

const roleBlocks = (label: string, role: DescribedRole): readonly Block[] => [
  resource('auth0_role', label, { name: role.name, description: role.description }),
  ...role.permissions.map((permission) =>
    resource('auth0_role_permission', `${label}_${permission.replaceAll(/[^a-z]/g, '_')}`, {
      role_id: expression(`auth0_role.${label}.id`),
      resource_server_identifier: expression('auth0_resource_server.understudy.identifier'),
      permission,
    }),
  ),
];

const actionBlock = (label: string, file: string, action: DescribedAction): Block =>
  resource(
    'auth0_action',
    label,
    {
      name: action.name,
      runtime: RUNTIME,
      deploy: true,
      code: expression(`file("\${path.module}/${file}")`),
    },
    [
      { type: 'supported_triggers', arguments: { ...action.trigger } },
      ...Object.entries(action.secrets).map(([name, value]) => ({
        type: 'secrets',
        arguments: { name, value: resolved(value) },
      })),
    ],
  );

const labelOf = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '_');

const connectionBlocks = ({ connections }: Description): readonly Block[] =>
  Object.entries(connections).flatMap(([name, clients]) => [
    {
      type: 'data',
      labels: ['auth0_connection', labelOf(name)],
      arguments: { name },
    },
    ...clients.map((client) =>
      resource(
        'auth0_connection_client',
        `${labelOf(name)}_${labelOf(replaceReferences(client, (each) => each.replace('client:', '')))}`,
        {
          connection_id: expression(`data.auth0_connection.${labelOf(name)}.id`),
          client_id: resolved(client),
        },
      ),
    ),
  ]);

const organizationBlocks = ({
  organizations,
  customerConnections,
}: Description): readonly Block[] =>
  organizations.flatMap((organization_id) =>
    customerConnections.map((name) =>
      resource('auth0_organization_connection', `${labelOf(organization_id)}_${labelOf(name)}`, {
        organization_id,
        connection_id: expression(`data.auth0_connection.${labelOf(name)}.id`),
        assign_membership_on_login: false,
      }),
    ),
  );

const outputBlock = (name: string, value: string): Block => ({
  type: 'output',
  labels: [name],
  arguments: { value: expression(value) },
});

const print = (blocks: readonly Block[]): string =>
  `${blocks.map((block) => printBlock(block)).join('\n\n')}\n`;

/**
 * Writes the description as a Terraform module. Additive resources are used for bindings and connections, so
 * that applying and destroying it leave everybody else's alone. Nothing in it is secret; the two client
 * secrets are in Terraform's state, as those of every application are.
 * @see auth0/auth0 provider: `auth0_trigger_action`, `auth0_connection_client`
 */
export const terraformFiles = async (
  description: Description,
  domain: string,
  api: Pick<ManagementApi, 'get'>,
): Promise<Files> => {
  const { actions, roles, profile } = description;
  const main: readonly Block[] = [
    ...apiBlocks(description),
    ...CLIENT_NAMES.flatMap((name) => clientBlocks(description, name)),
    resource('auth0_client_grant', 'management', {
      client_id: expression(clientAddress('management')),
      audience: `https://${domain}/api/v2/`,
      scopes: [...description.managementScopes],
    }),
    ...roleBlocks('agent', roles.agent),
    ...roleBlocks('supervisor', roles.supervisor),
    actionBlock('exchange', 'actions/custom-token-exchange.js', actions.exchange),
    actionBlock('login', 'actions/post-login.js', actions.login),
    resource('auth0_trigger_action', 'login', {
      trigger: 'post-login',
      action_id: expression('auth0_action.login.id'),
      display_name: 'Understudy',
    }),
    resource('auth0_token_exchange_profile', 'customer', {
      name: profile.name,
      subject_token_type: profile.subjectTokenType,
      action_id: expression('auth0_action.exchange.id'),
      type: 'custom_authentication',
    }),
    ...connectionBlocks(description),
    ...organizationBlocks(description),
    ...(description.firstAgent === undefined
      ? []
      : [
          resource('auth0_user_role', 'first_agent', {
            user_id: description.firstAgent,
            role_id: expression('auth0_role.agent.id'),
          }),
        ]),
  ];
  return new Map([
    [
      'versions.tf',
      print([
        {
          type: 'terraform',
          arguments: {},
          blocks: [
            {
              type: 'required_providers',
              arguments: {
                auth0: expression(`{ source = "auth0/auth0", version = "${PROVIDER_VERSION}" }`),
              },
            },
          ],
        },
      ]),
    ],
    ['main.tf', print(main)],
    ['targets.tf', `${TARGETS_HEAD}${print(await allTargetBlocks(description, api))}`],
    [
      'outputs.tf',
      print(CLIENT_NAMES.map((name) => outputBlock(`${name}_client_id`, clientAddress(name)))),
    ],
    ['actions/custom-token-exchange.js', actions.exchange.code],
    ['actions/post-login.js', actions.login.code],
  ]);
};
