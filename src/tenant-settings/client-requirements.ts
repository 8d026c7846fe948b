import type { ManagementAuthentication } from './management-keys.ts';
import type { Requirement } from './requirement.ts';

const DASHBOARD = 'Applications → Applications → (the application)';
const SETTINGS = `${DASHBOARD} → Settings`;
const ADVANCED = `${SETTINGS} → Advanced Settings`;

/** How long an ID token has to live, in seconds: the backend takes one as actor token for 15 minutes. */
const MIN_ID_TOKEN_SECONDS = 900;
const THIRTY_DAYS_SECONDS = 2_592_000;

const conformant: readonly Requirement[] = [
  {
    field: 'oidc_conformant',
    rule: 'equals',
    value: true,
    absentIs: false,
    why: 'Token exchange and session transfer are for OIDC-conformant applications only.',
    dashboard: `${ADVANCED} → OAuth → OIDC Conformant`,
  },
  {
    field: 'is_first_party',
    rule: 'equals',
    value: true,
    absentIs: true,
    why: 'A third-party application would ask the customer for consent, and a delegated session cannot answer.',
  },
];

const authenticatesWithSecret = (why: string): Requirement => ({
  field: 'token_endpoint_auth_method',
  rule: 'one-of',
  value: ['client_secret_post', 'client_secret_basic'],
  excludes: 'client_authentication_methods',
  why,
  dashboard: `${DASHBOARD} → Credentials`,
});

const signedWithRs256: Requirement = {
  field: 'jwt_configuration.alg',
  rule: 'equals',
  value: 'RS256',
  why: 'An ID token that is signed with a shared secret is no actor token, and no app can verify it without the secret.',
  dashboard: `${ADVANCED} → OAuth → JsonWebToken Signature Algorithm`,
};

const createsSessionTransferTokens: readonly Requirement[] = [
  {
    field: 'session_transfer.can_create_session_transfer_token',
    rule: 'equals',
    value: true,
    absentIs: false,
    why: 'Without it the tenant refuses to issue a session transfer token to this application.',
  },
  {
    field: 'session_transfer.enforce_cascade_revocation',
    rule: 'equals',
    value: true,
    absentIs: true,
    why: 'A session that came from a revoked refresh token would live on.',
  },
];

/** Where the browser's own sign-in window returns to; `chromeIds` and the Firefox build's host. */
export type ExtensionOrigins = {
  readonly chromeIds: readonly string[];
  /** Firefox derives the host from the add-on's id. */
  readonly firefoxRedirectOrigin: string;
};

/** The extension's own application: native, no secret, rotating refresh tokens. */
export const extensionRequirements = ({
  chromeIds,
  firefoxRedirectOrigin,
}: ExtensionOrigins): readonly Requirement[] => {
  const redirects = [
    ...chromeIds.map((id) => `https://${id}.chromiumapp.org`),
    firefoxRedirectOrigin,
  ];
  const pages = chromeIds.map((id) => `chrome-extension://${id}`);
  return [
    {
      field: 'app_type',
      rule: 'equals',
      value: 'native',
      why: 'Only a native application exchanges its refresh token for a session transfer token.',
      dashboard: `${SETTINGS} → Application Properties`,
    },
    {
      field: 'token_endpoint_auth_method',
      rule: 'equals',
      value: 'none',
      why: 'An extension cannot keep a secret.',
      dashboard: `${DASHBOARD} → Credentials`,
    },
    ...conformant,
    {
      field: 'grant_types',
      rule: 'includes',
      value: ['authorization_code', 'refresh_token'],
      why: 'The extension signs in by code and renews the ID token by refresh token.',
      dashboard: `${ADVANCED} → Grant Types`,
    },
    {
      field: 'callbacks',
      rule: 'includes',
      value: redirects.flatMap((origin) => [`${origin}/`, `${origin}/sign-in`]),
      why: 'The sign-in window could not return to the extension.',
      dashboard: `${SETTINGS} → Allowed Callback URLs`,
    },
    {
      field: 'allowed_logout_urls',
      rule: 'includes',
      value: redirects.flatMap((origin) => [`${origin}/`, `${origin}/sign-out`]),
      why: 'A sign-out could not return to the extension.',
      dashboard: `${SETTINGS} → Allowed Logout URLs`,
    },
    {
      field: 'allowed_origins',
      rule: 'includes',
      value: pages,
      why: 'The tenant would refuse the extension’s requests for tokens (log type fco).',
      dashboard: `${SETTINGS} → Allowed Origins (CORS)`,
    },
    {
      field: 'web_origins',
      rule: 'includes',
      value: pages,
      why: 'The tenant would refuse the extension’s silent requests.',
      dashboard: `${SETTINGS} → Allowed Web Origins`,
    },
    signedWithRs256,
    {
      field: 'jwt_configuration.lifetime_in_seconds',
      rule: 'at-least',
      value: MIN_ID_TOKEN_SECONDS,
      initial: 3600,
      why: 'An actor token must be unexpired; a shorter ID token would be renewed at every launch.',
      dashboard: `${SETTINGS} → ID Token Expiration`,
    },
    {
      field: 'refresh_token.rotation_type',
      rule: 'equals',
      value: 'rotating',
      absentIs: 'non-rotating',
      why: 'A refresh token in a browser has to change at every use, or a stolen one works unnoticed.',
      dashboard: `${SETTINGS} → Refresh Token Rotation`,
    },
    {
      field: 'refresh_token.expiration_type',
      rule: 'equals',
      value: 'expiring',
      absentIs: 'expiring',
      why: 'A rotating refresh token expires.',
      dashboard: `${SETTINGS} → Refresh Token Expiration`,
    },
    {
      field: 'refresh_token.token_lifetime',
      rule: 'at-least',
      value: MIN_ID_TOKEN_SECONDS,
      absentIs: THIRTY_DAYS_SECONDS,
      initial: THIRTY_DAYS_SECONDS,
      why: 'A refresh token has to live longer than the ID token that it renews.',
      dashboard: `${SETTINGS} → Refresh Token Expiration`,
    },
    ...createsSessionTransferTokens,
  ];
};

/** The requesting application, which the backend exchanges tokens with. */
export const REQUESTING_REQUIREMENTS: readonly Requirement[] = [
  authenticatesWithSecret(
    'Auth0 believes the header auth0-forwarded-for only of a client that authenticates with a secret; the token would be bound to the backend’s address.',
  ),
  ...conformant,
  {
    field: 'organization_usage',
    rule: 'one-of',
    value: ['allow', 'require'],
    absentIs: 'deny',
    why: 'A launch into an organization names it at the exchange.',
    dashboard: `${DASHBOARD} → Organizations`,
  },
  {
    field: 'token_exchange.allow_any_profile_of_type',
    rule: 'includes',
    value: ['custom_authentication'],
    why: 'Without it the tenant lets this application use no custom token exchange profile.',
  },
  ...createsSessionTransferTokens,
  {
    field: 'is_token_endpoint_ip_header_trusted',
    rule: 'equals',
    value: true,
    absentIs: false,
    why: 'The token would be bound to the backend’s address instead of the agent’s, and never redeem.',
    dashboard: `${ADVANCED} → OAuth → Trust Token Endpoint IP Header`,
  },
];

/**
 * The machine-to-machine application that the backend reads the tenant with. Where it authenticates with
 * keys, those are judged by what is registered, see `management-keys.ts`.
 */
export const managementRequirements = (
  authentication: ManagementAuthentication,
): readonly Requirement[] => [
  {
    field: 'app_type',
    rule: 'equals',
    value: 'non_interactive',
    why: 'Nobody signs in to it.',
    dashboard: `${SETTINGS} → Application Properties`,
  },
  ...(authentication === 'client_secret'
    ? [authenticatesWithSecret('The backend authenticates with a secret.')]
    : []),
  {
    field: 'grant_types',
    rule: 'includes',
    value: ['client_credentials'],
    why: 'The backend gets its own token for the Management API.',
    dashboard: `${ADVANCED} → Grant Types`,
  },
];

/** What lets agents into a target app; the rest of the app’s settings is its owner’s. */
export const TARGET_REQUIREMENTS: readonly Requirement[] = [
  {
    field: 'session_transfer.allowed_authentication_methods',
    rule: 'includes',
    value: ['query'],
    why: 'A session transfer token in the URL would be ignored, and the login page shown.',
  },
  {
    field: 'session_transfer.allow_refresh_token',
    rule: 'equals',
    value: false,
    absentIs: false,
    why: 'An agent’s session as a customer must not outlive itself by a refresh token.',
  },
  {
    field: 'session_transfer.delegation.allow_delegated_access',
    rule: 'equals',
    value: true,
    absentIs: false,
    why: 'Without it Auth0 shows the login page and only logs a warning.',
  },
  {
    field: 'session_transfer.delegation.enforce_device_binding',
    rule: 'equals',
    value: 'ip',
    absentIs: 'ip',
    why: 'A token that leaks must not work from another address.',
  },
];

/** What a target app has to be besides; setup leaves it alone, the doctor looks at it. */
export const TARGET_APP_REQUIREMENTS: readonly Requirement[] = [
  ...conformant,
  {
    field: 'grant_types',
    rule: 'includes',
    value: ['authorization_code'],
    why: 'A delegated session is given to the authorization code flow only.',
    dashboard: `${ADVANCED} → Grant Types`,
  },
  signedWithRs256,
];
