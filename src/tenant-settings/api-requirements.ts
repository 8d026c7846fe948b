import { PERMISSIONS, type Permission } from '../contract/permissions.ts';
import type { Requirement } from './requirement.ts';

const DASHBOARD = 'Applications → APIs → (the API)';

const DESCRIPTIONS: Readonly<Record<Permission, string>> = {
  'impersonate:customers': 'Act as customers',
  'read:customers': 'Find customers',
  'read:launches': 'See everybody’s launches',
  'end:launches': 'End everybody’s launches',
  'read:ledger': 'Export the ledger',
  'make:evidence': 'Make evidence packs about customers',
  'erase:customers': 'Erase customers from the ledger, two people together',
};

/** The backend's API: refresh tokens, and permissions from roles in the access token. */
export const API_REQUIREMENTS: readonly Requirement[] = [
  {
    field: 'allow_offline_access',
    rule: 'equals',
    value: true,
    absentIs: false,
    why: 'Without refresh tokens the agent signs in again whenever the ID token gets old.',
    dashboard: `${DASHBOARD} → Settings → Allow Offline Access`,
  },
  {
    field: 'enforce_policies',
    rule: 'equals',
    value: true,
    absentIs: false,
    why: 'Without RBAC the access token carries no permissions, and the backend refuses everybody.',
    dashboard: `${DASHBOARD} → Settings → Enable RBAC`,
  },
  {
    field: 'token_dialect',
    rule: 'one-of',
    value: ['access_token_authz', 'rfc9068_profile_authz'],
    absentIs: 'access_token',
    why: 'Only these dialects put permissions into the access token.',
    dashboard: `${DASHBOARD} → Settings → Add Permissions in the Access Token`,
  },
  {
    field: 'skip_consent_for_verifiable_first_party_clients',
    rule: 'equals',
    value: true,
    absentIs: false,
    why: 'The agent would be asked for consent at the first sign-in.',
    dashboard: `${DASHBOARD} → Settings → Allow Skipping User Consent`,
  },
  {
    field: 'signing_alg',
    rule: 'equals',
    value: 'RS256',
    why: 'The backend verifies access tokens with the tenant’s public keys.',
    dashboard: `${DASHBOARD} → Settings → Signing Algorithm`,
  },
  {
    field: 'scopes',
    rule: 'includes',
    value: PERMISSIONS.map((value) => ({ value, description: DESCRIPTIONS[value] })),
    why: 'A permission that the API does not define cannot be given to a role.',
    dashboard: `${DASHBOARD} → Permissions`,
  },
];
