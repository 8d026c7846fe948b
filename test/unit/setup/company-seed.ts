import { makeUser } from '../../../src/sandbox/people/make-user.ts';
import { managementScopes } from '../../../src/sandbox/sandbox-seed.ts';
import type { TenantAction, TenantClient, TenantSeed } from '../../../src/sandbox/tenant/model.ts';

const client = (fields: Partial<TenantClient> & Pick<TenantClient, 'client_id'>): TenantClient => ({
  name: fields.client_id,
  app_type: 'regular_web',
  token_endpoint_auth_method: 'client_secret_basic',
  client_secret: `secret-of-${fields.client_id}`,
  is_first_party: true,
  oidc_conformant: true,
  grant_types: ['authorization_code', 'refresh_token'],
  callbacks: [],
  allowed_logout_urls: [],
  allowed_origins: [],
  web_origins: [],
  jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36_000 },
  ...fields,
});

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
export const passwords = { [sam.user_id]: 'sam-password', [nora.user_id]: 'nora-password' };

const AT = '2026-01-01T00:00:00.000Z';

const foreignAction = (name: string): TenantAction => {
  const content = {
    code: 'exports.onExecutePostLogin = async (event, api) => { api.idToken.setCustomClaim("https://company.example/seen", true); };',
    runtime: 'node22',
    dependencies: [],
    secrets: [{ name: 'COMPANY', value: 'kept' }],
  };
  return {
    ...content,
    id: `act_${name}`,
    name,
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    created_at: AT,
    updated_at: AT,
    all_changes_deployed: true,
    versions: [{ ...content, id: `ver_${name}`, number: 1, created_at: AT }],
  };
};

/**
 * A company's tenant before Understudy: staff, customers, one app that agents are to act in, and things of
 * others that nobody may touch.
 */
export const companySeed = (places: {
  readonly canonicalOrigin: string;
  readonly shopOrigin: string;
}): TenantSeed => ({
  clients: [
    client({
      client_id: 'operator',
      name: 'Operator',
      app_type: 'non_interactive',
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['client_credentials'],
    }),
    client({
      client_id: 'shop',
      name: 'Shop',
      callbacks: [`${places.shopOrigin}/callback`],
      allowed_logout_urls: [`${places.shopOrigin}/`],
      initiate_login_uri: `${places.shopOrigin}/login`,
      organization_usage: 'allow',
      session_transfer: {
        allowed_authentication_methods: ['cookie'],
        enforce_device_binding: 'asn',
      },
    }),
    client({ client_id: 'wiki', name: 'Wiki', client_metadata: { team: 'docs' } }),
  ],
  connections: [
    { id: 'con_staff', name: 'staff', strategy: 'auth0', enabled_clients: ['wiki'] },
    {
      id: 'con_customers',
      name: 'customers',
      strategy: 'auth0',
      enabled_clients: ['shop', 'wiki'],
    },
    { id: 'con_partners', name: 'partners', strategy: 'samlp', enabled_clients: ['wiki'] },
  ],
  organizations: [
    {
      id: 'org_nordwind',
      name: 'nordwind',
      display_name: 'Nordwind Logistics',
      metadata: { plan: 'gold' },
      connections: ['partners'],
      members: [nora.user_id],
    },
    {
      id: 'org_acme',
      name: 'acme',
      display_name: 'Acme Industries',
      metadata: {},
      connections: ['partners'],
      members: [],
    },
  ],
  users: structuredClone([sam, nora]),
  passwords,
  roles: [
    {
      id: 'rol_editor',
      name: 'Editor',
      description: 'Edits the wiki',
      permissions: [{ resource_server_identifier: 'urn:wiki', permission_name: 'edit' }],
      members: [sam.user_id],
    },
  ],
  resourceServers: [
    {
      id: 'api_wiki',
      identifier: 'urn:wiki',
      name: 'Wiki',
      scopes: ['edit'],
      token_lifetime: 600,
      allow_offline_access: false,
      enforce_policies: true,
      token_dialect: 'access_token_authz',
    },
  ],
  clientGrants: [
    {
      client_id: 'operator',
      audience: `${places.canonicalOrigin}/api/v2/`,
      scope: managementScopes,
    },
  ],
  tokenExchangeProfiles: [],
  allowedLogoutUrls: [],
  actions: [foreignAction('company-audit'), foreignAction('company-draft')],
  postLoginBindings: [
    {
      id: 'bnd_audit',
      action_id: 'act_company-audit',
      display_name: 'Audit',
      created_at: AT,
      updated_at: AT,
    },
  ],
});
