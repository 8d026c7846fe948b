import type { TenantAction, TenantClient } from '../../../src/sandbox/tenant/model.ts';
import { byName } from '../setup/company-outcome.ts';
import type { CompanyTenant } from '../setup/company-tenant.ts';

type Data = CompanyTenant['data'];

const client =
  (name: string, change: (client: TenantClient) => void) =>
  ({ clients }: Data): void =>
    change(byName(clients, name));
const extension = (change: (client: TenantClient) => void) => client('Understudy', change);
const requesting = (change: (client: TenantClient) => void) => client('Understudy backend', change);
const shop = (change: (client: TenantClient) => void) => client('Shop', change);
const action =
  (name: string, change: (action: TenantAction) => void) =>
  ({ actions }: Data): void =>
    change(byName(actions, name));
const api =
  (change: (api: Data['resourceServers'][number]) => void) =>
  ({ resourceServers }: Data): void =>
    change(byName(resourceServers, 'Understudy'));
const disable =
  (connection: string, clientName: string) =>
  ({ connections, clients }: Data): void => {
    const { client_id } = byName(clients, clientName);
    const found = byName(connections, connection);
    found.enabled_clients = found.enabled_clients.filter((id) => id !== client_id);
  };

/** What somebody did to a tenant, the one line that has to say so, and whether calls repair it. */
export type BrokenTenant = {
  readonly what: string;
  readonly lines: readonly string[];
  readonly breakIt: (data: Data) => void;
};

const broken = (
  what: string,
  line: string | readonly string[],
  breakIt: (data: Data) => void,
): BrokenTenant => ({ what, lines: [line].flat(), breakIt });

/** Tenants with one mistake each, whose fix is a call to the Management API. */
export const BROKEN_TENANTS: readonly BrokenTenant[] = [
  broken(
    'the requesting application does not authenticate',
    'requesting.token_endpoint_auth_method',
    requesting((each) => {
      each.token_endpoint_auth_method = 'none';
    }),
  ),
  broken(
    'the IP header is not trusted',
    'requesting.is_token_endpoint_ip_header_trusted',
    requesting((each) => {
      each.is_token_endpoint_ip_header_trusted = false;
    }),
  ),
  broken(
    'the requesting application may use no profile',
    'requesting.token_exchange.allow_any_profile_of_type',
    requesting((each) => {
      each.token_exchange = undefined;
    }),
  ),
  broken(
    'the requesting application may make no session transfer token',
    'requesting.session_transfer.can_create_session_transfer_token',
    requesting((each) => {
      each.session_transfer = {};
    }),
  ),
  broken(
    'sessions of the requesting application outlive their token',
    'requesting.session_transfer.enforce_cascade_revocation',
    requesting((each) => {
      each.session_transfer = { ...each.session_transfer, enforce_cascade_revocation: false };
    }),
  ),
  broken(
    'the requesting application is not OIDC conformant',
    'requesting.oidc_conformant',
    requesting((each) => {
      each.oidc_conformant = false;
    }),
  ),
  broken(
    'the requesting application is a third party’s',
    'requesting.is_first_party',
    requesting((each) => {
      each.is_first_party = false;
    }),
  ),
  broken(
    'the requesting application knows no organizations',
    'requesting.organization_usage',
    requesting((each) => {
      each.organization_usage = 'deny';
    }),
  ),
  broken(
    'the connection is not enabled on the requesting application',
    'connection.customers.requesting',
    disable('customers', 'Understudy backend'),
  ),
  broken(
    'the extension cannot return from its sign-in',
    'extension.callbacks',
    extension((each) => {
      each.callbacks = ['https://elsewhere.example/'];
    }),
  ),
  broken(
    'the extension cannot return from its sign-out',
    'extension.allowed_logout_urls',
    extension((each) => {
      each.allowed_logout_urls = [];
    }),
  ),
  broken(
    'the extension may not ask for tokens',
    'extension.allowed_origins',
    extension((each) => {
      each.allowed_origins = [];
    }),
  ),
  broken(
    'the extension may not ask silently',
    'extension.web_origins',
    extension((each) => {
      each.web_origins = [];
    }),
  ),
  broken(
    'ID tokens are signed with a secret',
    'extension.jwt_configuration.alg',
    extension((each) => {
      Object.assign(each.jwt_configuration, { alg: 'HS256' });
    }),
  ),
  broken(
    'ID tokens live for a minute',
    'extension.jwt_configuration.lifetime_in_seconds',
    extension((each) => {
      each.jwt_configuration.lifetime_in_seconds = 60;
    }),
  ),
  broken(
    'refresh tokens do not rotate',
    'extension.refresh_token.rotation_type',
    extension((each) => {
      Object.assign(each.refresh_token ?? {}, { rotation_type: 'non-rotating' });
    }),
  ),
  broken(
    'the extension may not refresh',
    'extension.grant_types',
    extension((each) => {
      each.grant_types = ['authorization_code'];
    }),
  ),
  broken(
    'the extension is a single page app',
    'extension.app_type',
    extension((each) => {
      each.app_type = 'spa';
    }),
  ),
  broken('customers may sign in to the extension', 'extension.connection', (data) => {
    const { client_id } = byName(data.clients, 'Understudy');
    byName(data.connections, 'customers').enabled_clients.push(client_id);
  }),
  broken(
    'the app takes no token from the URL',
    'target.shop.session_transfer.allowed_authentication_methods',
    shop((each) => {
      each.session_transfer = {
        ...each.session_transfer,
        allowed_authentication_methods: ['cookie'],
      };
    }),
  ),
  broken(
    'the app is closed to delegation',
    'target.shop.session_transfer.delegation.allow_delegated_access',
    shop((each) => {
      each.session_transfer = { ...each.session_transfer, delegation: null };
    }),
  ),
  broken(
    'the app gives refresh tokens to delegated sessions',
    'target.shop.session_transfer.allow_refresh_token',
    shop((each) => {
      each.session_transfer = { ...each.session_transfer, allow_refresh_token: true };
    }),
  ),
  broken(
    'the app has no login URL',
    'target.shop.initiate_login_uri',
    shop((each) => {
      each.initiate_login_uri = undefined;
    }),
  ),
  broken(
    'the app’s login URL is on an origin that is not allowed',
    ['target.shop.initiate_login_uri', 'target.shop.login_route'],
    shop((each) => {
      each.initiate_login_uri = 'https://other.company.example/login';
    }),
  ),
  broken(
    'the app has a callback on localhost',
    'target.shop.callbacks',
    shop((each) => {
      each.callbacks.push('http://localhost:3000/callback');
    }),
  ),
  broken(
    'the app has no code flow',
    'target.shop.grant_types',
    shop((each) => {
      each.grant_types = ['implicit'];
    }),
  ),
  broken(
    'the app’s ID tokens are signed with a secret',
    'target.shop.jwt_configuration.alg',
    shop((each) => {
      Object.assign(each.jwt_configuration, { alg: 'HS256' });
    }),
  ),
  broken(
    'the app is not OIDC conformant',
    'target.shop.oidc_conformant',
    shop((each) => {
      each.oidc_conformant = false;
    }),
  ),
  broken(
    'the customers’ connection is not enabled on the app',
    'target.shop.connection',
    disable('customers', 'Shop'),
  ),
  broken(
    'the API gives no refresh tokens',
    'api.allow_offline_access',
    api((each) => {
      each.allow_offline_access = false;
    }),
  ),
  broken(
    'the API has no RBAC',
    'api.enforce_policies',
    api((each) => {
      each.enforce_policies = false;
    }),
  ),
  broken(
    'the API puts no permissions into access tokens',
    'api.token_dialect',
    api((each) => {
      each.token_dialect = 'access_token';
    }),
  ),
  broken(
    'the API asks for consent',
    'api.skip_consent_for_verifiable_first_party_clients',
    api((each) => {
      each.settings = {};
    }),
  ),
  broken(
    'the API lacks a permission',
    'api.scopes',
    api((each) => {
      each.scopes = each.scopes.filter((scope) => scope !== 'read:launches');
    }),
  ),
  broken('the agents’ role lacks a permission', 'role.Understudy Agent', ({ roles }) => {
    byName(roles, 'Understudy Agent').permissions.pop();
  }),
  broken(
    'an Action was changed and not deployed',
    'action.exchange.deployed',
    action('understudy-custom-token-exchange', (each) => {
      each.all_changes_deployed = false;
    }),
  ),
  broken(
    'an Action was never deployed',
    'action.exchange.deployed',
    action('understudy-custom-token-exchange', (each) => {
      each.versions = [];
    }),
  ),
  broken(
    'an Action runs on an old Node',
    'action.login.runtime',
    action('understudy-post-login', (each) => {
      each.runtime = 'node18';
    }),
  ),
  broken(
    'an Action lacks a secret',
    'action.exchange.secrets',
    action('understudy-custom-token-exchange', (each) => {
      each.secrets = each.secrets.filter(({ name }) => name !== 'AGENT_ROLES');
    }),
  ),
  broken(
    'the login Action lacks the protected roles',
    'action.login.secrets',
    action('understudy-post-login', (each) => {
      each.secrets = each.secrets.filter(({ name }) => name !== 'PROTECTED_ROLES');
    }),
  ),
  broken(
    'the login Action is an old one',
    'action.login.code',
    action('understudy-post-login', (each) => {
      each.code = `// https://understudy.example/roles\n${each.code}`;
    }),
  ),
  broken('the login Action is not bound', 'login.bound', (data) => {
    data.postLoginBindings = data.postLoginBindings.filter(({ id }) => id === 'bnd_audit');
  }),
  broken('the profile leads to another Action', 'profile', (data) => {
    const [profile] = data.tokenExchangeProfiles;
    if (profile) {
      profile.action_id = 'act_company-audit';
    }
  }),
  broken('there is no profile', 'profile', (data) => {
    data.tokenExchangeProfiles = [];
  }),
  broken('everybody is asked for a second factor', 'mfa', (data) => {
    data.guardianPolicies = ['all-applications'];
  }),
  broken('an organization lets no customer in', 'organization.org_nordwind', (data) => {
    byName(data.organizations, 'nordwind').connections = ['partners'];
  }),
  broken('the throttling of exchanges is off', 'throttling', (data) => {
    data.suspiciousIpThrottling.enabled = false;
  }),
  broken('the throttling has no stage for exchanges', 'throttling', (data) => {
    data.suspiciousIpThrottling.stage = {};
  }),
  broken('the backend may write users', 'management.scope', (data) => {
    data.clientGrants.at(-1)?.scope.push('update:clients');
  }),
  broken('the backend may not read the log', 'management.scope', (data) => {
    const grant = data.clientGrants.at(-1);
    if (grant) {
      grant.scope = grant.scope.filter((scope) => scope !== 'read:logs');
    }
  }),
  broken('the backend has no grant at all', 'management.scope', (data) => {
    data.clientGrants.pop();
  }),
  broken(
    'another application can make tokens for other people',
    'others.clients',
    client('Wiki', (each) => {
      each.session_transfer = { can_create_session_transfer_token: true };
      each.token_exchange = { allow_any_profile_of_type: ['custom_authentication'] };
    }),
  ),
  broken(
    'the backend’s own application authenticates with no secret',
    'management.token_endpoint_auth_method',
    client('Understudy management', (each) => {
      each.token_endpoint_auth_method = 'none';
    }),
  ),
];
