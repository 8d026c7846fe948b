import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import '../../../src/sandbox/resolve-localhost.mjs';
import { type EmptyTenant, startEmptyTenant } from './fixture-empty-tenant.ts';

const run = promisify(execFile);
const program = createRequire(import.meta.url).resolve('auth0-deploy-cli');

/** Set-up as code, as a company would keep it: one of everything that Session Delegation takes. */
const TENANT_YAML = `
resourceServers:
  - {name: Understudy, identifier: 'urn:understudy', allow_offline_access: true, enforce_policies: true, token_dialect: access_token_authz, skip_consent_for_verifiable_first_party_clients: true, scopes: [{value: act}]}
clients:
  - name: u-backend
    app_type: non_interactive
    token_endpoint_auth_method: client_secret_post
    grant_types: [client_credentials, 'urn:ietf:params:oauth:grant-type:token-exchange']
    organization_usage: allow
    oidc_conformant: true
    is_token_endpoint_ip_header_trusted: true
    token_exchange: {allow_any_profile_of_type: [custom_authentication]}
    session_transfer: {can_create_session_transfer_token: true, enforce_cascade_revocation: true}
  - name: u-extension
    app_type: native
    token_endpoint_auth_method: none
    oidc_conformant: true
    grant_types: [authorization_code, refresh_token]
    callbacks: ['https://##EXTENSION##.chromiumapp.org/']
    allowed_origins: ['chrome-extension://##EXTENSION##']
    jwt_configuration: {alg: RS256, lifetime_in_seconds: 3600}
    refresh_token: {rotation_type: rotating, expiration_type: expiring}
databases:
  - {name: customers, strategy: auth0, enabled_clients: [u-backend]}
clientGrants:
  - {client_id: u-backend, audience: 'https://##DOMAIN##/api/v2/', scope: ['read:logs']}
roles:
  - {name: support, description: Acts as customers, permissions: [{permission_name: act, resource_server_identifier: 'urn:understudy'}]}
actions:
  - {name: u-cte, code: ./cte.js, runtime: node22, deployed: true, supported_triggers: [{id: custom-token-exchange, version: v1}], dependencies: [{name: jose, version: 6.2.17}], secrets: [{name: K, value: '##SECRET##'}]}
  - {name: u-login, code: ./login.js, runtime: node22, deployed: true, supported_triggers: [{id: post-login, version: v3}], dependencies: [], secrets: []}
triggers:
  post-login: [{action_name: u-login, display_name: u-login}]
tokenExchangeProfiles:
  - {name: understudy, subject_token_type: 'urn:understudy:customer', action: u-cte, type: custom_authentication}
organizations:
  - {name: nordwind, display_name: Nordwind Logistics, connections: [{name: customers}]}
attackProtection:
  suspiciousIpThrottling:
    enabled: true
    shields: [admin_notification, block]
    allowlist: []
    stage:
      pre-custom-token-exchange: {max_attempts: 3, rate: 600000}
`;

const CTE_ACTION = `
const { decodeJwt } = require('jose');
exports.onExecuteCustomTokenExchange = async (event, api) =>
  api.access.deny('deployed', typeof decodeJwt + ' ' + event.secrets.K);
`;
const LOGIN_ACTION = 'exports.onExecutePostLogin = async () => {};\n';

const INCLUDED = [
  'resourceServers',
  'clients',
  'databases',
  'clientGrants',
  'roles',
  'actions',
  'triggers',
  'tokenExchangeProfiles',
  'organizations',
  'attackProtection',
];

let tenant: EmptyTenant;
let folder: string;

/** Runs auth0-deploy-cli; gives what it printed. */
const deploy = async (...options: string[]): Promise<string> => {
  const { stdout, stderr } = await run(
    process.execPath,
    [program, ...options, '-c', join(folder, 'config.json')],
    { cwd: folder, env: { ...process.env, NODE_EXTRA_CA_CERTS: tenant.caFile } },
  );
  return stdout + stderr;
};

/** Points auth0-deploy-cli at the present tenant. */
const configure = async (): Promise<void> => {
  await writeFile(
    join(folder, 'config.json'),
    JSON.stringify({
      AUTH0_DOMAIN: tenant.domain,
      AUTH0_CLIENT_ID: tenant.operator.client_id,
      AUTH0_CLIENT_SECRET: tenant.operator.client_secret,
      AUTH0_ALLOW_DELETE: false,
      AUTH0_INCLUDED_ONLY: INCLUDED,
      AUTH0_KEYWORD_REPLACE_MAPPINGS: {
        DOMAIN: tenant.domain,
        EXTENSION: 'abcdefghijklmnopabcdefghijklmnop',
        SECRET: 'a-secret-value',
      },
    }),
  );
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-deploy-'));
  tenant = await startEmptyTenant(folder);
  await writeFile(join(folder, 'tenant.yaml'), TENANT_YAML);
  await writeFile(join(folder, 'cte.js'), CTE_ACTION);
  await writeFile(join(folder, 'login.js'), LOGIN_ACTION);
  await configure();
});

afterAll(async () => {
  await tenant.close();
  await rm(folder, { recursive: true });
});

describe('auth0-deploy-cli', { timeout: 300_000 }, () => {
  test('auth0-deploy-cli imports everything that Session Delegation takes into an empty tenant', async () => {
    await deploy('import', '-i', 'tenant.yaml');
    const { data } = tenant.context.directory;
    const byName = <T extends { name: string }>(items: readonly T[], name: string) =>
      items.find((item) => item.name === name);
    const backend = byName(data.clients, 'u-backend');
    expect(backend).toMatchObject({
      is_token_endpoint_ip_header_trusted: true,
      session_transfer: { can_create_session_transfer_token: true },
    });
    expect(byName(data.connections, 'customers')?.enabled_clients).toEqual([backend?.client_id]);
    expect(data.clientGrants).toContainEqual(
      expect.objectContaining({ client_id: backend?.client_id, scope: ['read:logs'] }),
    );
    expect(byName(data.roles, 'support')?.permissions).toEqual([
      { permission_name: 'act', resource_server_identifier: 'urn:understudy' },
    ]);
    const [cte, login] = ['u-cte', 'u-login'].map((name) => byName(data.actions, name));
    expect(cte).toMatchObject({ all_changes_deployed: true, versions: [{ number: 1 }] });
    expect(data.postLoginBindings.map(({ action_id }) => action_id)).toEqual([login?.id]);
    expect(data.tokenExchangeProfiles).toMatchObject([
      { subject_token_type: 'urn:understudy:customer', action_id: cte?.id },
    ]);
    expect(byName(data.organizations, 'nordwind')?.connections).toEqual(['customers']);
    expect(data.suspiciousIpThrottling.stage).toEqual({
      'pre-custom-token-exchange': { max_attempts: 3, rate: 600_000 },
    });
  });

  test('an exchange runs the Action that auth0-deploy-cli deployed', async () => {
    const { directory } = tenant.context;
    const backend = directory.data.clients.find(({ name }) => name === 'u-backend');
    const response = await fetch(`${tenant.customDomain}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        client_id: backend?.client_id ?? '',
        client_secret: backend?.client_secret ?? '',
        subject_token: 'anything',
        subject_token_type: 'urn:understudy:customer',
        audience: 'urn:understudy',
      }),
    });
    expect(await response.json()).toEqual({
      error: 'deployed',
      error_description: 'function a-secret-value',
    });
  });

  test('auth0-deploy-cli exports a tenant without its secrets, and another tenant takes the export', async () => {
    await mkdir(join(folder, 'out'));
    await deploy('export', '-f', 'yaml', '-o', join(folder, 'out'));
    const file = join(folder, 'out', 'tenant.yaml');
    const exported = await readFile(file, 'utf8');
    expect(exported).not.toContain('a-secret-value');
    const first = tenant;
    tenant = await startEmptyTenant(folder);
    await writeFile(file, exported.replaceAll(first.domain, tenant.domain));
    await configure();
    await deploy('import', '-i', file);
    const shapeOf = ({ context }: EmptyTenant) => {
      const { data } = context.directory;
      return {
        clients: data.clients.map(({ name }) => name).toSorted(),
        roles: data.roles.map(({ name, permissions }) => [name, permissions]),
        organizations: data.organizations.map(({ name, connections }) => [name, connections]),
        enabled: data.connections.map(({ name, enabled_clients }) => [
          name,
          enabled_clients.length,
        ]),
        profiles: data.tokenExchangeProfiles.map(({ subject_token_type }) => subject_token_type),
        apis: data.resourceServers.map(({ identifier, scopes }) => [identifier, scopes]),
        bound: data.postLoginBindings.map(({ display_name }) => display_name),
        throttling: data.suspiciousIpThrottling,
      };
    };
    const [before, after] = [shapeOf(first), shapeOf(tenant)];
    await first.close();
    expect(after).toEqual(before);
  });
});
