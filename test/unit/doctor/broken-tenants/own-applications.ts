import type { TenantClient } from '../../../../src/sandbox/tenant/model.ts';
import { byName } from '../../setup/company-outcome.ts';
import { type BrokenTenant, broken, client, disable } from './broken-tenant.ts';

const extension = (change: (client: TenantClient) => void) => client('Understudy', change);
const requesting = (change: (client: TenantClient) => void) => client('Understudy backend', change);

/** Mistakes in the applications of the extension and the backend, in what they may do, and in one that may do as much. */
export const BROKEN_OWN_APPLICATIONS: readonly BrokenTenant[] = [
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
