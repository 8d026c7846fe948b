import type { SandboxOrigins } from './origins.ts';
import { seedCustomers } from './people/customers.ts';
import { seedOrganizations } from './people/organizations.ts';
import { stableId } from './people/stable-id.ts';
import { seedStaff } from './people/staff.ts';
import type { SandboxClients } from './sandbox-clients.ts';
import type { TenantConnection, TenantRole, TenantSeed } from './tenant/model.ts';

/** The `subject_token_type` of the sandbox's one token exchange profile. */
export const SUBJECT_TOKEN_TYPE = 'urn:understudy:customer';

const AGENT_PERMISSIONS = ['impersonate:customers', 'read:customers'];
const supervisorPermissions = [
  ...AGENT_PERMISSIONS,
  'read:launches',
  'end:launches',
  'read:ledger',
  'make:evidence',
  'erase:customers',
];

/** What the sandbox's management client may do; the last is no scope of Auth0's. */
export const managementScopes = [
  ...[
    'clients',
    'client_grants',
    'client_credentials',
    'connections',
    'resource_servers',
    'roles',
    'actions',
    'token_exchange_profiles',
    'organizations',
    'organization_members',
    'organization_member_roles',
    'organization_connections',
    'custom_domains',
    'users',
  ].flatMap((type) => ['read', 'create', 'update', 'delete'].map((verb) => `${verb}:${type}`)),
  'update:users_app_metadata',
  'create:role_members',
  'read:role_members',
  'read:attack_protection',
  'update:attack_protection',
  'read:mfa_policies',
  'update:mfa_policies',
  'read:refresh_tokens',
  'delete:refresh_tokens',
  'read:logs',
  'read:logs_users',
  'read:sessions',
  'delete:sessions',
  'update:sandbox',
];

/** What the backend's own client may do; one scope more, and the backend refuses to start. */
const readerScopes = [
  ...[
    'clients',
    'connections',
    'users',
    'roles',
    'organizations',
    'organization_members',
    'organization_member_roles',
    'organization_connections',
    'logs',
    'sessions',
  ].map((type) => `read:${type}`),
  'delete:sessions',
];

const connection = (
  name: string,
  strategy: TenantConnection['strategy'],
  enabledClients: { client_id: string }[],
): TenantConnection => ({
  id: `con_${stableId(`connection ${name}`, 16)}`,
  name,
  strategy,
  enabled_clients: enabledClients.map((client) => client.client_id),
});

const role = (
  name: string,
  description: string,
  permissions: string[],
  api: string,
  members: string[],
): TenantRole => ({
  id: `rol_${stableId(`role ${name}`, 16)}`,
  name,
  description,
  permissions: permissions.map((permission_name) => ({
    resource_server_identifier: api,
    permission_name,
  })),
  members,
});

/**
 * Everything in the sandbox's tenant. `partners` is not enabled on Desk, so that a customer exists
 * whom one app cannot let in.
 */
export const sandboxSeed = (
  origins: SandboxOrigins,
  clients: SandboxClients,
  randomPassword: () => string,
) => {
  const organizations = seedOrganizations();
  const customers = seedCustomers(organizations);
  const staff = seedStaff();
  const { extension, requesting, management, reader, shop, desk } = clients;
  const api = origins.backend;
  const passwords = {
    agent: randomPassword(),
    supervisor: randomPassword(),
    trainee: randomPassword(),
  };
  const seed: TenantSeed = {
    clients: Object.values(clients),
    connections: [
      connection('customers', 'auth0', [requesting, shop, desk]),
      connection('partners', 'auth0', [requesting, shop]),
      connection('acme-sso', 'samlp', [requesting, shop, desk]),
      connection('staff', 'auth0', [extension, shop]),
    ],
    organizations,
    users: [...Object.values(staff), ...customers.all],
    passwords: {
      [staff.agent.user_id]: passwords.agent,
      [staff.supervisor.user_id]: passwords.supervisor,
      [staff.trainee.user_id]: passwords.trainee,
      [customers.demo.user_id]: randomPassword(),
    },
    roles: [
      role('Support Agent', 'Acts as customers', AGENT_PERMISSIONS, api, [staff.agent.user_id]),
      role('Support Supervisor', 'Looks after agents', supervisorPermissions, api, [
        staff.supervisor.user_id,
      ]),
      role(
        'Administrator',
        'Runs the whole shop; nobody acts as them',
        [],
        api,
        customers.administrators.map((user) => user.user_id),
      ),
    ],
    resourceServers: [
      {
        identifier: api,
        name: 'Understudy',
        scopes: supervisorPermissions,
        token_lifetime: 3600,
        allow_offline_access: true,
        enforce_policies: true,
        token_dialect: 'access_token_authz',
        settings: { skip_consent_for_verifiable_first_party_clients: true },
      },
    ],
    clientGrants: [
      {
        client_id: management.client_id,
        audience: `${origins.https}/api/v2/`,
        scope: managementScopes,
      },
      {
        client_id: reader.client_id,
        audience: `${origins.https}/api/v2/`,
        scope: readerScopes,
      },
    ],
    tokenExchangeProfiles: [
      {
        id: `tep_${stableId('profile', 16)}`,
        name: 'Understudy customer',
        subject_token_type: SUBJECT_TOKEN_TYPE,
        type: 'custom_authentication',
      },
    ],
    allowedLogoutUrls: [],
  };
  return { seed, staff, passwords, demoCustomer: customers.demo, organizations };
};
