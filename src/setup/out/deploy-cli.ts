import { replaceReferences } from '../../tenant-settings/call.ts';
import { isJsonObject, type Json, type JsonObject } from '../../tenant-settings/json.ts';
import { objectMeeting, patchFor } from '../../tenant-settings/requirement.ts';
import type { DescribedAction, Description } from '../description/describe.ts';
import { CLIENT_NAMES } from '../description/describe.ts';
import { textOf } from '../plan/change.ts';
import { RUNTIME } from '../plan/plan-actions.ts';
import type { ManagementApi } from '../tenant/management-api.ts';
import type { Files } from './terraform.ts';

/** Sections that the two files have; auth0-deploy-cli looks at no other, whatever is in the tenant. */
const SECTIONS = [
  'resourceServers',
  'clients',
  'clientGrants',
  'roles',
  'actions',
  'triggers',
  'tokenExchangeProfiles',
];

/** The section under which the tool registers the keys of applications; it has no items of its own. */
const KEYS = 'clientAuthCredentials';

/** `{{client:requesting}}` to a keyword that auth0-deploy-cli replaces from the environment. */
const keyword = (name: string): string =>
  `##${name.replace('client:', '').toUpperCase()}_CLIENT_ID##`;

/** YAML's flow style is JSON: each item stands in a line of its own. */
const section = (name: string, items: readonly Json[]): string =>
  `${name}:\n${items.map((item) => `  - ${JSON.stringify(item)}`).join('\n')}\n`;

const actionItem = (file: string, action: DescribedAction): JsonObject => ({
  name: action.name,
  code: `./actions/${file}`,
  runtime: RUNTIME,
  deployed: true,
  supported_triggers: [{ ...action.trigger }],
  dependencies: [],
  secrets: Object.entries(action.secrets).map(([name, value]) => ({
    name,
    value: replaceReferences(value, keyword),
  })),
});

/** The bindings that stand in the tenant, and ours behind them: the tool replaces them all. */
const boundItems = async (
  api: Pick<ManagementApi, 'list'>,
  own: string,
): Promise<readonly JsonObject[]> => {
  const bindings = await api.list('/actions/triggers/post-login/bindings', 'bindings', 'wrapped');
  const others = bindings.flatMap(({ action, display_name }) =>
    isJsonObject(action) && action['name'] !== own
      ? [{ action_name: textOf(action, 'name'), display_name: display_name ?? '' }]
      : [],
  );
  return [...others, { action_name: own, display_name: 'Understudy' }];
};

/** Each app with the `session_transfer` that it has and what it lacks; the tool replaces the whole of it. */
const targetItems = async (
  api: Pick<ManagementApi, 'get'>,
  { targets, targetRequirements }: Description,
): Promise<readonly JsonObject[]> => {
  const items: JsonObject[] = [];
  for (const clientId of targets) {
    const client = (await api.get(`/clients/${encodeURIComponent(clientId)}`)) ?? {};
    const patch = patchFor(client, targetRequirements);
    if (patch) {
      items.push({ client_id: clientId, name: textOf(client, 'name'), ...patch });
    }
  }
  return items;
};

/**
 * Writes the description for auth0-deploy-cli, in two files because the Actions need the ids that the first
 * one makes. What the tool replaces as a whole is merged from the tenant; the clients of connections and the
 * connections of organizations, of which it takes away whatever it does not list, are left to setup.
 * Nothing in it is secret.
 */
export const deployCliFiles = async (
  description: Description,
  domain: string,
  api: Pick<ManagementApi, 'get' | 'list'>,
): Promise<Files> => {
  const { actions, api: server, clients, roles, profile, managementKeys } = description;
  const identifier = server.identifier;
  const applications = [
    section('resourceServers', [
      {
        name: server.name,
        identifier,
        token_lifetime: 3600,
        ...objectMeeting(server.requirements),
      },
    ]),
    section('clients', [
      ...CLIENT_NAMES.map((name) => clients[name].initial),
      ...(await targetItems(api, description)),
    ]),
    section(
      'roles',
      Object.values(roles).map((role) => ({
        name: role.name,
        description: role.description,
        permissions: role.permissions.map((permission_name) => ({
          permission_name,
          resource_server_identifier: identifier,
        })),
      })),
    ),
  ];
  const rest = [
    section('clientGrants', [
      {
        client_id: clients.management.name,
        audience: `https://${domain}/api/v2/`,
        scope: [...description.managementScopes],
      },
    ]),
    section('actions', [
      actionItem('custom-token-exchange.js', actions.exchange),
      actionItem('post-login.js', actions.login),
    ]),
    `triggers:\n  post-login: ${JSON.stringify(await boundItems(api, actions.login.name))}\n`,
    section('tokenExchangeProfiles', [
      {
        name: profile.name,
        subject_token_type: profile.subjectTokenType,
        action: actions.exchange.name,
        type: 'custom_authentication',
      },
    ]),
  ];
  return new Map([
    [
      'config.json',
      `${JSON.stringify({ AUTH0_DOMAIN: domain, AUTH0_ALLOW_DELETE: false, AUTH0_INCLUDED_ONLY: managementKeys ? [...SECTIONS, KEYS] : SECTIONS }, null, 2)}\n`,
    ],
    ['1-applications.yaml', applications.join('\n')],
    ['2-actions.yaml', rest.join('\n')],
    ['actions/custom-token-exchange.js', actions.exchange.code],
    ['actions/post-login.js', actions.login.code],
  ]);
};
