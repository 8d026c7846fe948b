import type { TenantAction } from '../../../../src/sandbox/tenant/model.ts';
import { byName } from '../../setup/company-outcome.ts';
import { type BrokenTenant, broken, type Data } from './broken-tenant.ts';

const action =
  (name: string, change: (action: TenantAction) => void) =>
  ({ actions }: Data): void =>
    change(byName(actions, name));
const api =
  (change: (api: Data['resourceServers'][number]) => void) =>
  ({ resourceServers }: Data): void =>
    change(byName(resourceServers, 'Understudy'));

/** Mistakes in the API, the agents’ role, the Actions and the settings of the whole tenant. */
export const BROKEN_TENANT_SETTINGS: readonly BrokenTenant[] = [
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
];
