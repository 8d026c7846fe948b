/**
 * The tenant's objects, spelled as Auth0's Management API spells them on the wire.
 *
 * @see Auth0 Management API v2: Clients, Connections, Organizations, Users, Roles.
 */

type ClientSessionTransfer = {
  can_create_session_transfer_token?: boolean | undefined;
  allowed_authentication_methods?: ('cookie' | 'query')[] | undefined;
  enforce_device_binding?: 'ip' | 'asn' | 'none' | undefined;
  allow_refresh_token?: boolean | undefined;
  enforce_cascade_revocation?: boolean | undefined;
  enforce_online_refresh_tokens?: boolean | undefined;
  delegation?:
    | {
        allow_delegated_access?: boolean | undefined;
        enforce_device_binding?: 'ip' | undefined;
      }
    | null
    | undefined;
};

type ClientOidcLogout = {
  backchannel_logout_urls?: string[] | undefined;
  backchannel_logout_initiators?:
    | { mode: 'custom' | 'all'; selected_initiators?: string[] | undefined }
    | undefined;
};

/** How a client authenticates other than by a secret; each credential by its id. */
type ClientAuthenticationMethods = {
  private_key_jwt?: { credentials: { id: string }[] } | undefined;
  /** Mutual TLS: taken, and imitated no further. */
  tls_client_auth?: object | undefined;
  self_signed_tls_client_auth?: object | undefined;
};

/** A public key that a client may sign with. @see Auth0 Management API v2, `clients/{id}/credentials` */
export type ClientCredential = {
  id: string;
  name: string;
  kid: string;
  alg: 'RS256' | 'RS384' | 'PS256';
  credential_type: 'public_key';
  pem: string;
  created_at: string;
  updated_at: string;
  expires_at?: string | undefined;
};

export type TenantClient = {
  client_id: string;
  client_secret?: string | undefined;
  name: string;
  description?: string | undefined;
  app_type: 'native' | 'spa' | 'regular_web' | 'non_interactive';
  /** `null` where `client_authentication_methods` says it. */
  token_endpoint_auth_method: 'none' | 'client_secret_post' | 'client_secret_basic' | null;
  client_authentication_methods?: ClientAuthenticationMethods | null | undefined;
  is_first_party: boolean;
  oidc_conformant: boolean;
  grant_types: string[];
  callbacks: string[];
  allowed_logout_urls: string[];
  allowed_origins: string[];
  web_origins: string[];
  initiate_login_uri?: string | undefined;
  logo_uri?: string | undefined;
  organization_usage?: 'deny' | 'allow' | 'require' | undefined;
  organization_require_behavior?:
    | 'no_prompt'
    | 'pre_login_prompt'
    | 'post_login_prompt'
    | undefined;
  refresh_token?: { rotation_type: 'rotating' | 'non-rotating' } | undefined;
  token_exchange?: { allow_any_profile_of_type: string[] } | undefined;
  session_transfer?: ClientSessionTransfer | undefined;
  is_token_endpoint_ip_header_trusted?: boolean | undefined;
  oidc_logout?: ClientOidcLogout | undefined;
  client_metadata?: Record<string, string> | undefined;
  jwt_configuration: { alg: 'RS256'; lifetime_in_seconds: number };
};

export type TenantConnection = {
  id: string;
  name: string;
  strategy: 'auth0' | 'samlp';
  enabled_clients: string[];
  options?: Record<string, unknown> | undefined;
  realms?: string[] | undefined;
};

export type TenantOrganization = {
  id: string;
  name: string;
  display_name: string;
  metadata: Record<string, string>;
  /** Names of the connections enabled for the organization. */
  connections: string[];
  /** `user_id`s of the members. */
  members: string[];
  /** Ids of the roles that a member holds within the organization, by `user_id`. */
  member_roles?: Record<string, string[]>;
};

type TenantIdentity = {
  connection: string;
  provider: string;
  user_id: string;
  isSocial: boolean;
};

export type TenantUser = {
  user_id: string;
  email: string;
  email_verified: boolean;
  name: string;
  nickname: string;
  identities: TenantIdentity[];
  app_metadata: Record<string, unknown>;
  user_metadata: Record<string, unknown>;
  created_at: string;
  updated_at: string;
  logins_count: number;
  last_login?: string | undefined;
  blocked?: boolean | undefined;
};

export type TenantRole = {
  id: string;
  name: string;
  description: string;
  permissions: { resource_server_identifier: string; permission_name: string }[];
  /** `user_id`s of the users that have the role. */
  members: string[];
};

export type TenantResourceServer = {
  id?: string | undefined;
  identifier: string;
  name: string;
  scopes: string[];
  token_lifetime: number;
  allow_offline_access: boolean;
  /** Whether the access token carries `permissions` and scopes are limited to them. */
  enforce_policies: boolean;
  /** Only the dialects that end in `_authz` put permissions into access tokens; the seed's is one. */
  token_dialect?: string | undefined;
  /** Settings that nothing here acts on. */
  settings?: Record<string, unknown> | undefined;
};

export type TenantClientGrant = {
  id?: string | undefined;
  client_id: string;
  audience: string;
  scope: string[];
};

export type TokenExchangeProfile = {
  id: string;
  name: string;
  subject_token_type: string;
  type: 'custom_authentication';
  /** The Action that it runs; a profile of the seed without one runs the seed's. */
  action_id?: string | undefined;
};

export type ActionTriggerId = 'custom-token-exchange' | 'post-login';

/** What of an Action is in force only once it has been deployed. */
type ActionContent = {
  code: string;
  runtime: string;
  dependencies: { name: string; version: string }[];
  secrets: { name: string; value: string }[];
};

/** A deployed state of an Action, never changed again. */
export type TenantActionVersion = ActionContent & {
  id: string;
  number: number;
  created_at: string;
};

export type TenantAction = ActionContent & {
  id: string;
  name: string;
  supported_triggers: { id: ActionTriggerId; version: string }[];
  created_at: string;
  updated_at: string;
  /** Every deployment, the newest last; the last one runs. */
  versions: TenantActionVersion[];
  /** Whether nothing has changed since the last deployment. */
  all_changes_deployed: boolean;
};

/** An Action's place in the order of a trigger. */
export type TenantActionBinding = {
  id: string;
  action_id: string;
  display_name: string;
  created_at: string;
  updated_at: string;
};

/** @see Auth0 Management API v2, `attack-protection/suspicious-ip-throttling` */
export type SuspiciousIpThrottling = {
  enabled: boolean;
  shields: string[];
  allowlist: string[];
  stage: Record<string, { max_attempts: number; rate: number }>;
};

/** The actor object of `api.authentication.setActor`: it becomes `act` in the target's tokens. */
export type Actor = { sub: string } & Record<string, string | number | boolean>;

/** Everything a tenant is configured with. */
export type TenantSeed = {
  clients: TenantClient[];
  /** Public keys that were registered for a client, by `client_id`. */
  clientCredentials?: Record<string, ClientCredential[]>;
  connections: TenantConnection[];
  organizations: TenantOrganization[];
  users: TenantUser[];
  /** Passwords by `user_id`; a user without one cannot sign in on the login page. */
  passwords: Record<string, string>;
  roles: TenantRole[];
  resourceServers: TenantResourceServer[];
  clientGrants: TenantClientGrant[];
  tokenExchangeProfiles: TokenExchangeProfile[];
  /** Tenant-wide allow-list of `/v2/logout`. */
  allowedLogoutUrls: string[];
  actions?: TenantAction[];
  /** What runs at every sign-in, in order. */
  postLoginBindings?: TenantActionBinding[];
  /** `all-applications` asks everybody for a second factor. */
  guardianPolicies?: string[];
  suspiciousIpThrottling?: SuspiciousIpThrottling;
};
