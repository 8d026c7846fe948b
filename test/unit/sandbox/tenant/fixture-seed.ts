import { makeUser } from '../../../../src/sandbox/people/make-user.ts';
import { managementScopes } from '../../../../src/sandbox/sandbox-seed.ts';
import type { TenantClient, TenantSeed } from '../../../../src/sandbox/tenant/model.ts';

export const AGENTS_ORIGIN = 'http://agents.localhost:4000';
export const CUSTOMERS_ORIGIN = 'http://customers.localhost:4000';
export const CANONICAL_ORIGIN = 'https://localhost:4443';
export const API = 'http://backend.localhost:4100';

const client = (fields: Partial<TenantClient> & Pick<TenantClient, 'client_id'>): TenantClient => ({
  name: fields.client_id,
  app_type: 'regular_web',
  token_endpoint_auth_method: 'client_secret_post',
  client_secret: `secret-of-${fields.client_id}`,
  is_first_party: true,
  oidc_conformant: true,
  grant_types: ['authorization_code', 'refresh_token'],
  callbacks: [`http://${fields.client_id}.localhost:5000/callback`],
  allowed_logout_urls: [`http://${fields.client_id}.localhost:5000`],
  allowed_origins: [],
  web_origins: [],
  jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36_000 },
  ...fields,
});

const delegated = {
  allowed_authentication_methods: ['query'] as ('query' | 'cookie')[],
  enforce_device_binding: 'ip' as const,
  allow_refresh_token: false,
  delegation: { allow_delegated_access: true },
};

export const sam = makeUser({
  name: 'Sam Rivera',
  email: 'sam@staff.example',
  connection: 'staff',
  provider: 'auth0',
});
export const nora = makeUser({
  name: 'Nora Lindqvist',
  email: 'nora@mail.example',
  connection: 'customers',
  provider: 'auth0',
});
export const enzo = makeUser({
  name: 'Enzo <b>Enterprise</b>',
  email: 'enzo@acme.example',
  connection: 'acme-sso',
  provider: 'samlp',
});
export const pia = makeUser({
  name: 'Pia Partner',
  email: 'pia@partner.example',
  connection: 'partners',
  provider: 'auth0',
});
/** Nora's id within her connection. */
export const noraWithin = nora.identities[0]?.user_id ?? '';

/** A small company: one agent, three customers, two apps. */
export const fixtureSeed = (): TenantSeed => ({
  clients: [
    client({
      client_id: 'extension',
      app_type: 'native',
      token_endpoint_auth_method: 'none',
      client_secret: undefined,
      allowed_origins: ['chrome-extension://abcdefghijklmnopabcdefghijklmnop'],
      refresh_token: { rotation_type: 'rotating' },
      session_transfer: { can_create_session_transfer_token: true },
    }),
    client({
      client_id: 'backend',
      token_exchange: { allow_any_profile_of_type: ['custom_authentication'] },
      session_transfer: { can_create_session_transfer_token: true },
      is_token_endpoint_ip_header_trusted: true,
    }),
    client({
      client_id: 'machine',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
    }),
    client({
      client_id: 'operator',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
    }),
    client({ client_id: 'shop', session_transfer: { ...delegated } }),
    client({
      client_id: 'desk',
      app_type: 'spa',
      token_endpoint_auth_method: 'none',
      client_secret: undefined,
      web_origins: ['http://desk.localhost:5000'],
      organization_usage: 'require',
      session_transfer: { ...delegated },
    }),
  ],
  connections: [
    { id: 'con_staff', name: 'staff', strategy: 'auth0', enabled_clients: ['extension', 'shop'] },
    {
      id: 'con_customers',
      name: 'customers',
      strategy: 'auth0',
      enabled_clients: ['backend', 'shop', 'desk'],
    },
    { id: 'con_partners', name: 'partners', strategy: 'auth0', enabled_clients: ['backend'] },
    {
      id: 'con_acme',
      name: 'acme-sso',
      strategy: 'samlp',
      enabled_clients: ['backend', 'shop', 'desk'],
    },
  ],
  organizations: [
    {
      id: 'org_nordwind',
      name: 'nordwind',
      display_name: 'Nordwind Logistics',
      metadata: {},
      connections: ['customers'],
      members: [nora.user_id],
    },
    {
      id: 'org_acme',
      name: 'acme',
      display_name: 'Acme Industries',
      metadata: {},
      connections: ['acme-sso'],
      members: [enzo.user_id, nora.user_id],
    },
  ],
  users: structuredClone([sam, nora, enzo, pia]),
  passwords: { [sam.user_id]: 'sam-password', [nora.user_id]: 'nora-password' },
  roles: [
    {
      id: 'rol_agent',
      name: 'Support Agent',
      description: '',
      permissions: ['impersonate:customers', 'read:customers'].map((permission_name) => ({
        resource_server_identifier: API,
        permission_name,
      })),
      members: [sam.user_id],
    },
  ],
  resourceServers: [
    {
      identifier: API,
      name: 'Understudy',
      scopes: ['impersonate:customers', 'read:customers', 'read:ledger'],
      token_lifetime: 3600,
      allow_offline_access: true,
      enforce_policies: true,
    },
  ],
  clientGrants: [
    {
      client_id: 'machine',
      audience: `${CANONICAL_ORIGIN}/api/v2/`,
      scope: ['read:clients', 'read:connections', 'read:users', 'read:logs', 'update:clients'],
    },
    {
      client_id: 'operator',
      audience: `${CANONICAL_ORIGIN}/api/v2/`,
      scope: managementScopes,
    },
  ],
  tokenExchangeProfiles: [
    {
      id: 'tep_1',
      name: 'Customer',
      subject_token_type: 'urn:understudy:customer',
      type: 'custom_authentication',
    },
  ],
  allowedLogoutUrls: ['http://www.localhost:5000/bye'],
});
