import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configFileSchema } from '../../../src/backend/config.ts';
import { finishRotation, rotateKey } from '../../../src/setup/rotate-key.ts';
import {
  applySetup,
  planOnly,
  removeSetup,
  SetupConflictError,
} from '../../../src/setup/run-setup.ts';
import { sam } from './company-seed.ts';
import { type CompanyTenant, companyTenant, foreignThings } from './company-tenant.ts';

const byName = <T extends { name: string }>(items: readonly T[], name: string): T => {
  const found = items.find((item) => item.name === name);
  if (!found) {
    throw new Error(`There is no ${name}.`);
  }
  return found;
};

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

const secretsOf = ({ data }: CompanyTenant, action: string): Record<string, string> =>
  Object.fromEntries(byName(data.actions, action).secrets.map(({ name, value }) => [name, value]));

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
    const config = configFileSchema.parse(json(tenant.setup.files.config));
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

describe('setup in a tenant that was set up', () => {
  it('changes nothing the second time', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const files = () => Object.values(tenant.setup.files).map((path) => readFileSync(path, 'utf8'));
    const before = [structuredClone(tenant.data), files()];
    tenant.changesSent();
    await applySetup(tenant.setup);
    expect(tenant.changesSent()).toEqual([]);
    expect([tenant.data, files()]).toEqual(before);
  });

  it('keeps what somebody wrote into the configuration', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const { config: path } = tenant.setup.files;
    const { writeFileSync } = await import('node:fs');
    writeFileSync(path, JSON.stringify({ ...json(path), listen: { host: '0.0.0.0', port: 9000 } }));
    await applySetup(tenant.setup);
    expect(json(path).listen).toEqual({ host: '0.0.0.0', port: 9000 });
  });

  it.each<[string, (tenant: CompanyTenant) => void, string]>([
    [
      'offline access that was turned off',
      ({ data }) => {
        byName(data.resourceServers, 'Understudy').allow_offline_access = false;
      },
      'allow_offline_access is false, will be true',
    ],
    [
      'an Action whose code was edited',
      ({ data }) => {
        byName(data.actions, 'understudy-post-login').code = '// nothing';
      },
      'its code is not the built one',
    ],
    [
      'a scope too many',
      ({ data }) => {
        data.clientGrants.at(-1)?.scope.push('update:users');
      },
      'update:users',
    ],
    [
      'a binding that was removed',
      ({ data }) => {
        data.postLoginBindings.pop();
      },
      'Bind the post-login Action',
    ],
  ])('shows %s, and repairs it', async (_what, breakIt, shown) => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const right = structuredClone(tenant.data.resourceServers);
    breakIt(tenant);
    expect(await planOnly(tenant.setup)).toBe(false);
    expect(tenant.said.at(-1)).toContain(shown);
    await applySetup(tenant.setup);
    expect(await planOnly(tenant.setup)).toBe(true);
    expect(tenant.data.resourceServers).toEqual(right);
  });

  it('makes again what was deleted', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const { client_id } = byName(tenant.data.clients, 'Understudy backend');
    await tenant.api.send({ method: 'DELETE', path: `/clients/${client_id}` });
    await applySetup(tenant.setup);
    const made = byName(tenant.data.clients, 'Understudy backend');
    expect(made.client_id).not.toBe(client_id);
    expect(secretsOf(tenant, 'understudy-post-login')['REQUESTING_CLIENT_ID']).toBe(made.client_id);
    expect(byName(tenant.data.connections, 'customers').enabled_clients).toContain(made.client_id);
    expect(readFileSync(tenant.setup.files.secrets, 'utf8')).toContain(made.client_secret);
    expect(await planOnly(tenant.setup)).toBe(true);
  });

  it('goes on where a run broke off', async () => {
    const tenant = await companyTenant();
    let left = 9;
    const api = {
      ...tenant.api,
      send: (call: Parameters<typeof tenant.api.send>[0]) => {
        left -= 1;
        if (left < 0) {
          throw new Error('The network is gone.');
        }
        return tenant.api.send(call);
      },
    };
    await expect(applySetup({ ...tenant.setup, api })).rejects.toThrow('The network is gone.');
    await applySetup(tenant.setup);
    expect(tenant.data.clients.filter(({ name }) => name.startsWith('Understudy'))).toHaveLength(3);
    expect(await planOnly(tenant.setup)).toBe(true);
  });
});

describe('what setup did not make', () => {
  it('is as it was before, after setup and after its removal', async () => {
    const tenant = await companyTenant();
    const before = foreignThings(tenant);
    await applySetup(tenant.setup);
    expect(foreignThings(tenant)).toEqual(before);
    await removeSetup(tenant.setup);
    expect(foreignThings(tenant)).toEqual(before);
  });

  it.each<[string, Parameters<typeof companyTenant>[0], string]>([
    [
      'an API',
      (seed) => {
        seed.resourceServers.push({
          id: 'api_other',
          identifier: 'https://understudy.company.example',
          name: 'Other',
          scopes: [],
          token_lifetime: 600,
          allow_offline_access: false,
          enforce_policies: false,
        });
      },
      'an API "https://understudy.company.example" (api_other)',
    ],
    [
      'a role',
      (seed) => {
        seed.roles.push({
          id: 'rol_other',
          name: 'Understudy Agent',
          description: '',
          permissions: [],
          members: [],
        });
      },
      'a role "Understudy Agent" (rol_other)',
    ],
    [
      'a connection that is not there',
      (seed) => {
        seed.connections.splice(1, 1);
      },
      'no connection "customers"',
    ],
    [
      'an app that is not there',
      (seed) => {
        seed.clients.splice(1, 1);
      },
      'no application "shop"',
    ],
  ])('is never adopted by its name, nor half a tenant made: %s', async (_what, change, words) => {
    const tenant = await companyTenant(change);
    await expect(applySetup(tenant.setup)).rejects.toThrow(SetupConflictError);
    await expect(applySetup(tenant.setup)).rejects.toThrow(words);
    expect(tenant.changesSent().filter((call) => !call.includes('/oauth/'))).toEqual([]);
  });
});

describe('the removal', () => {
  it('leaves the tenant as it was', async () => {
    const tenant = await companyTenant();
    const before = structuredClone(tenant.data);
    await applySetup(tenant.setup);
    await removeSetup(tenant.setup);
    const withoutBindingIds = ({ postLoginBindings, ...data }: CompanyTenant['data']) => ({
      ...data,
      bound: postLoginBindings.map(({ action_id, display_name }) => [action_id, display_name]),
    });
    expect(withoutBindingIds(tenant.data)).toEqual(withoutBindingIds(before));
    expect(json(tenant.setup.files.record).entries).toEqual([]);
  });

  it('leaves a setting of a target app that somebody changed since', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const shop = byName(tenant.data.clients, 'Shop');
    shop.session_transfer = { ...shop.session_transfer, allowed_authentication_methods: ['query'] };
    await removeSetup(tenant.setup);
    expect(shop.session_transfer).toEqual({
      allowed_authentication_methods: ['query'],
      enforce_device_binding: 'asn',
    });
  });

  it('passes over what somebody deleted before', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const { id } = byName(tenant.data.roles, 'Understudy Supervisor');
    await tenant.api.send({ method: 'DELETE', path: `/roles/${id}` });
    expect(await removeSetup(tenant.setup)).toBe(true);
  });

  it('does nothing when the operator declines', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    tenant.changesSent();
    expect(await removeSetup({ ...tenant.setup, confirm: async () => false })).toBe(false);
    expect(tenant.changesSent()).toEqual([]);
  });
});

describe('the rotation of the signing key', () => {
  const keysIn = (tenant: CompanyTenant): readonly string[] =>
    JSON.parse(
      secretsOf(tenant, 'understudy-custom-token-exchange')['SUBJECT_TOKEN_JWKS'] ?? '',
    ).keys.map(({ kid }: { kid: string }) => kid);
  const signingKid = ({ setup }: CompanyTenant): string =>
    /UNDERSTUDY_SIGNING_KEY='.*?"kid":"([^"]+)"/.exec(
      readFileSync(setup.files.secrets, 'utf8'),
    )?.[1] ?? '';

  it('adds the new key, waits, signs with it, and then removes the old one', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const [old = ''] = keysIn(tenant);
    const acceptedAtTheSwitch: string[] = [];
    let signsDuringTheWait = '';
    const delay = async () => {
      signsDuringTheWait = signingKid(tenant);
      acceptedAtTheSwitch.push(...keysIn(tenant));
    };
    await rotateKey({ ...tenant.setup, delay }, 'signing');
    expect(signsDuringTheWait).toBe(old);
    const fresh = signingKid(tenant);
    expect(fresh).not.toBe(old);
    expect(acceptedAtTheSwitch).toEqual([old, fresh]);
    expect(keysIn(tenant).toSorted()).toEqual([old, fresh].toSorted());
    await finishRotation(tenant.setup);
    expect(keysIn(tenant)).toEqual([fresh]);
  });

  it('is not begun again before it is finished', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    await rotateKey(tenant.setup, 'signing');
    const keys = keysIn(tenant);
    expect(await rotateKey(tenant.setup, 'signing')).toBe(false);
    expect(keysIn(tenant)).toEqual(keys);
  });
});
