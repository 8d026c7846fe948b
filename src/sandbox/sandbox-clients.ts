import type { ExtensionIdentity } from './extension-identity.ts';
import type { SandboxOrigins } from './origins.ts';
import { stableId } from './people/stable-id.ts';
import type { TenantClient } from './tenant/model.ts';

export type ClientSecrets = {
  requesting: string;
  management: string;
  reader: string;
  shop: string;
};

const clientId = (name: string): string => stableId(`client ${name}`, 32);

const ordinary = () => ({
  is_first_party: true,
  oidc_conformant: true,
  callbacks: [],
  allowed_logout_urls: [],
  allowed_origins: [],
  web_origins: [],
  jwt_configuration: { alg: 'RS256' as const, lifetime_in_seconds: 36_000 },
});

/** The clients of the sandbox, set up as Auth0's documentation asks for Session Delegation. */
export const sandboxClients = (
  origins: SandboxOrigins,
  extension: ExtensionIdentity,
  secrets: ClientSecrets,
) => {
  const redirects = Object.values(extension.redirectOrigins);
  const extensionClient: TenantClient = {
    ...ordinary(),
    client_id: clientId('Understudy'),
    name: 'Understudy',
    app_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    callbacks: redirects.flatMap((origin) => [`${origin}/`, `${origin}/sign-in`]),
    allowed_logout_urls: redirects.flatMap((origin) => [`${origin}/`, `${origin}/sign-out`]),
    allowed_origins: [`chrome-extension://${extension.chromeId}`],
    web_origins: [`chrome-extension://${extension.chromeId}`],
    refresh_token: { rotation_type: 'rotating' },
    session_transfer: { can_create_session_transfer_token: true, enforce_cascade_revocation: true },
  };
  const requesting: TenantClient = {
    ...ordinary(),
    client_id: clientId('Understudy backend'),
    client_secret: secrets.requesting,
    name: 'Understudy backend',
    app_type: 'regular_web',
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: [],
    organization_usage: 'allow',
    token_exchange: { allow_any_profile_of_type: ['custom_authentication'] },
    session_transfer: { can_create_session_transfer_token: true, enforce_cascade_revocation: true },
    is_token_endpoint_ip_header_trusted: true,
  };
  const management: TenantClient = {
    ...ordinary(),
    client_id: clientId('Understudy management'),
    client_secret: secrets.management,
    name: 'Understudy management',
    app_type: 'non_interactive',
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['client_credentials'],
  };
  /** The backend's own: it reads and ends sessions, where the one above may change everything for tests. */
  const reader: TenantClient = {
    ...management,
    client_id: clientId('Understudy reader'),
    client_secret: secrets.reader,
    name: 'Understudy reader',
  };
  const shop: TenantClient = {
    ...ordinary(),
    client_id: clientId('Shop'),
    client_secret: secrets.shop,
    name: 'Shop',
    description: 'Server-rendered, express-openid-connect',
    app_type: 'regular_web',
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code', 'refresh_token'],
    callbacks: [`${origins.shop}/callback`],
    allowed_logout_urls: [origins.shop, `${origins.shop}/`],
    initiate_login_uri: `${origins.shop}/login`,
    oidc_logout: {
      backchannel_logout_urls: [`${origins.shop}/backchannel-logout`],
      backchannel_logout_initiators: { mode: 'all' },
    },
    organization_usage: 'deny',
    session_transfer: {
      allowed_authentication_methods: ['query', 'cookie'],
      enforce_device_binding: 'ip',
      allow_refresh_token: false,
      delegation: { allow_delegated_access: true, enforce_device_binding: 'ip' },
    },
  };
  const desk: TenantClient = {
    ...ordinary(),
    client_id: clientId('Desk'),
    name: 'Desk',
    description: 'Single page app, auth0-spa-js',
    app_type: 'spa',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    callbacks: [`${origins.desk}/callback`],
    allowed_logout_urls: [origins.desk, `${origins.desk}/`],
    allowed_origins: [origins.desk],
    web_origins: [origins.desk],
    initiate_login_uri: `${origins.desk}/login`,
    organization_usage: 'require',
    organization_require_behavior: 'no_prompt',
    session_transfer: {
      allowed_authentication_methods: ['query'],
      enforce_device_binding: 'ip',
      allow_refresh_token: false,
      delegation: { allow_delegated_access: true, enforce_device_binding: 'ip' },
    },
  };
  const backOffice: TenantClient = {
    ...ordinary(),
    client_id: clientId('Back office'),
    name: 'Back office',
    description: 'Never to be entered as somebody else: delegation is off',
    app_type: 'regular_web',
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code'],
  };
  return { extension: extensionClient, requesting, management, reader, shop, desk, backOffice };
};

export type SandboxClients = ReturnType<typeof sandboxClients>;
