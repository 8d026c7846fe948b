import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configFileSchema } from '../../../src/backend/config/config.ts';
import { applySetup } from '../../../src/setup/run-setup.ts';
import { byName, readJson, secretsOf } from './company-outcome.ts';
import { sam } from './company-seed.ts';
import { companyTenant } from './company-tenant.ts';

describe('setup in a company’s tenant', () => {
  it('makes both applications with what Session Delegation takes', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    expect(byName(tenant.data.clients, 'Understudy backend')).toMatchObject({
      token_endpoint_auth_method: 'client_secret_post',
      is_token_endpoint_ip_header_trusted: true,
      oidc_conformant: true,
      organization_usage: 'allow',
      token_exchange: { allow_any_profile_of_type: ['custom_authentication'] },
      session_transfer: { can_create_session_transfer_token: true },
    });
    const extension = byName(tenant.data.clients, 'Understudy');
    expect(extension).toMatchObject({
      app_type: 'native',
      token_endpoint_auth_method: 'none',
      allowed_origins: ['chrome-extension://abcdefghijklmnopabcdefghijklmnop'],
      refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring' },
    });
    expect(extension.callbacks).toContain(
      'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/sign-in',
    );
  });

  it('gives the backend’s own application nothing that could change the tenant, but the end of sessions', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const { client_id } = byName(tenant.data.clients, 'Understudy management');
    const grant = tenant.data.clientGrants.find((each) => each.client_id === client_id);
    expect(grant?.audience).toBe('https://company.eu.auth0.example/api/v2/');
    expect(grant?.scope.filter((scope) => !scope.startsWith('read:'))).toEqual(['delete:sessions']);
  });

  it('makes the API with refresh tokens and permissions from roles', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    expect(byName(tenant.data.resourceServers, 'Understudy')).toMatchObject({
      identifier: 'https://understudy.company.example',
      allow_offline_access: true,
      enforce_policies: true,
      token_dialect: 'access_token_authz',
    });
    expect(
      byName(tenant.data.roles, 'Understudy Agent').permissions.map(
        ({ permission_name }) => permission_name,
      ),
    ).toEqual(['impersonate:customers', 'read:customers']);
  });

  it('deploys both Actions with the ids of what it made, and binds the second after the company’s own', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const { data } = tenant;
    const requesting = byName(data.clients, 'Understudy backend').client_id;
    const extension = byName(data.clients, 'Understudy').client_id;
    expect(secretsOf(tenant, 'understudy-custom-token-exchange')).toMatchObject({
      REQUESTING_CLIENT_ID: requesting,
      EXTENSION_CLIENT_ID: extension,
      AGENT_ROLES: 'Understudy Agent,Understudy Supervisor',
      CUSTOMER_CONNECTIONS: 'customers',
      SUBJECT_TOKEN_ISSUER: 'https://understudy.company.example',
      SUBJECT_TOKEN_AUDIENCE: 'https://agents.company.example/',
    });
    const login = byName(data.actions, 'understudy-post-login');
    expect(login).toMatchObject({ all_changes_deployed: true, versions: [{ number: 1 }] });
    expect(data.postLoginBindings.map(({ action_id }) => action_id)).toEqual([
      'act_company-audit',
      login.id,
    ]);
    expect(data.tokenExchangeProfiles).toMatchObject([
      {
        subject_token_type: 'urn:understudy:customer',
        action_id: byName(data.actions, 'understudy-custom-token-exchange').id,
      },
    ]);
  });

  it('pins the public key in the Action, and keeps the private one for the owner only', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const { SUBJECT_TOKEN_JWKS: pinned = '' } = secretsOf(
      tenant,
      'understudy-custom-token-exchange',
    );
    const [key] = JSON.parse(pinned).keys;
    expect(key).toMatchObject({ kty: 'EC', crv: 'P-256' });
    expect(key.d).toBeUndefined();
    const { secrets, record, config } = tenant.setup.files;
    expect(statSync(secrets).mode & 0o777).toBe(0o600);
    const text = readFileSync(secrets, 'utf8');
    expect(text).toContain(key.x);
    const privateValues = [...text.matchAll(/"d":"([^"]+)"|SECRET='([^']+)'/g)].map(
      ([, d, secret]) => d ?? secret ?? '',
    );
    expect(privateValues).toHaveLength(3);
    for (const value of privateValues) {
      expect(readFileSync(record, 'utf8') + readFileSync(config, 'utf8')).not.toContain(value);
      expect(tenant.said.join('\n')).not.toContain(value);
    }
  });

  it('opens the target app to delegation and keeps what else its session_transfer says', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    expect(byName(tenant.data.clients, 'Shop').session_transfer).toEqual({
      allowed_authentication_methods: ['cookie', 'query'],
      enforce_device_binding: 'asn',
      delegation: { allow_delegated_access: true },
    });
  });

  it('enables the connections on both sides and in the organization, besides those that are', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const { data } = tenant;
    const requesting = byName(data.clients, 'Understudy backend').client_id;
    const extension = byName(data.clients, 'Understudy').client_id;
    expect(byName(data.connections, 'customers').enabled_clients).toEqual([
      'shop',
      'wiki',
      requesting,
    ]);
    expect(byName(data.connections, 'staff').enabled_clients).toEqual(['wiki', extension]);
    expect(byName(data.organizations, 'nordwind').connections).toEqual(['partners', 'customers']);
  });

  it('gives the first agent the role', async () => {
    const tenant = await companyTenant();
    await applySetup({
      ...tenant.setup,
      answers: { ...tenant.setup.answers, firstAgent: sam.user_id },
    });
    expect(byName(tenant.data.roles, 'Understudy Agent').members).toEqual([sam.user_id]);
  });

  it('writes a configuration that the backend takes', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const config = configFileSchema.parse(readJson(tenant.setup.files.config));
    expect(config).toMatchObject({
      publicOrigin: 'https://understudy.company.example',
      auth0: {
        issuer: 'https://agents.company.example/',
        managementDomain: 'company.eu.auth0.example',
        requestingClientId: byName(tenant.data.clients, 'Understudy backend').client_id,
      },
      loginOrigins: ['https://shop.company.example'],
      targetApps: { shop: { loginDomain: 'login.company.example' } },
      protection: { staffRoles: ['Understudy Agent', 'Understudy Supervisor'] },
    });
  });
});

describe('what setup says at the end', () => {
  it('is what is left to do, and who still needs a role', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const last = tenant.said.at(-1) ?? '';
    expect(last).toMatch(/^Next:\n {2}1\. Check "listen", "trustedProxies" and "ledger" in /);
    expect(last).toContain('2. Give your agents the role Understudy Agent');
    expect(last).toContain('3. Run "npm run doctor".');
    await applySetup(tenant.setup);
    expect(tenant.said.at(-1)).toBe('Nothing to do: the tenant is as described.');
  });

  it('names no role where the first agent has it', async () => {
    const tenant = await companyTenant();
    const answers = { ...tenant.setup.answers, firstAgent: sam.user_id };
    await applySetup({ ...tenant.setup, answers });
    expect(tenant.said.at(-1)).not.toContain('Give your agents');
    expect(tenant.said.at(-1)).toContain('2. Run "npm run doctor".');
  });
});
