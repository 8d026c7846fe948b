import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createManagementClient } from '../../../src/backend/adapters/auth0/management/management.ts';
import { readManagementAuthentication } from '../../../src/backend/adapters/auth0/management/management-authentication.ts';
import { configFileSchema } from '../../../src/backend/config/config.ts';
import { finishRotation, rotateKey } from '../../../src/setup/rotate-key.ts';
import {
  applySetup,
  exportSetup,
  planOnly,
  removeSetup,
  type Setup,
} from '../../../src/setup/run-setup.ts';
import { ManagementRefusalError } from '../../../src/setup/tenant/management-api.ts';
import { companyTenant, foreignThings } from './company-tenant.ts';

/** A company whose plan has Private Key JWT, and how its setup is run. */
const companyWithKeys = async () => {
  const tenant = await companyTenant();
  const setup: Setup = {
    ...tenant.setup,
    answers: { ...tenant.setup.answers, managementAuthentication: 'private_key_jwt' },
  };
  const application = () => {
    const found = tenant.data.clients.find(({ name }) => name === 'Understudy management');
    if (!found) {
      throw new Error('There is no application for the Management API.');
    }
    return found;
  };
  const credentials = () => tenant.data.clientCredentials[application().client_id] ?? [];
  const secrets = () => parseEnv(readFileSync(setup.files.secrets, 'utf8'));
  return {
    tenant,
    setup,
    application,
    credentials,
    secrets,
    names: () => credentials().map(({ name }) => name),
    /** Signs in to the Management API as the backend does, with a key of the secrets file. */
    signIn: async (name = 'UNDERSTUDY_MANAGEMENT_KEY'): Promise<string | undefined> => {
      const management = createManagementClient({
        domain: 'company.eu.auth0.example',
        clientId: application().client_id,
        authentication: await readManagementAuthentication(
          'private_key_jwt',
          secrets()[name] ?? '',
        ),
        fetch: tenant.fetch,
      });
      return (await management.clients.get(application().client_id)).name;
    },
  };
};

describe('setup where the plan has Private Key JWT', () => {
  it('makes an application without a secret, and a key that the backend signs in with', async () => {
    const { setup, application, secrets, signIn } = await companyWithKeys();
    await applySetup(setup);
    expect(application().client_secret).toBeUndefined();
    expect(application().token_endpoint_auth_method).toBeNull();
    expect(secrets()['UNDERSTUDY_MANAGEMENT_CLIENT_SECRET']).toBeUndefined();
    expect(await signIn()).toBe('Understudy management');
  });

  it('keeps the private key for its owner only, and nowhere else', async () => {
    const { setup, secrets, credentials, tenant } = await companyWithKeys();
    await applySetup(setup);
    const { files } = setup;
    expect(statSync(files.secrets).mode & 0o777).toBe(0o600);
    const { d, kty } = JSON.parse(secrets()['UNDERSTUDY_MANAGEMENT_KEY'] ?? '');
    expect(kty).toBe('RSA');
    const elsewhere = [
      readFileSync(files.record, 'utf8'),
      readFileSync(files.config, 'utf8'),
      tenant.said.join('\n'),
      JSON.stringify(credentials()),
    ];
    expect(elsewhere.some((text) => text.includes(d))).toBe(false);
    expect(credentials()[0]?.pem).toMatch(/^-----BEGIN PUBLIC KEY-----/);
  });

  it('tells the backend in its configuration', async () => {
    const { setup } = await companyWithKeys();
    await applySetup(setup);
    const config = configFileSchema.parse(JSON.parse(readFileSync(setup.files.config, 'utf8')));
    expect(config.auth0.managementAuthentication).toBe('private_key_jwt');
  });

  it('changes nothing the second time', async () => {
    const { setup, tenant } = await companyWithKeys();
    await applySetup(setup);
    const before = [structuredClone(tenant.data), readFileSync(setup.files.secrets, 'utf8')];
    tenant.changesSent();
    await applySetup(setup);
    expect(tenant.changesSent()).toEqual([]);
    expect([tenant.data, readFileSync(setup.files.secrets, 'utf8')]).toEqual(before);
  });

  it('turns an application with a secret into one with a key, and back', async () => {
    const { setup, tenant, application, signIn } = await companyWithKeys();
    await applySetup(tenant.setup);
    const secret = application().client_secret;
    await applySetup(setup);
    expect(await signIn()).toBe('Understudy management');
    await applySetup({
      ...setup,
      answers: { ...setup.answers, managementAuthentication: 'client_secret' },
    });
    expect(application()).toMatchObject({
      token_endpoint_auth_method: 'client_secret_post',
      client_authentication_methods: null,
      client_secret: secret,
    });
    expect(readFileSync(setup.files.secrets, 'utf8')).toContain(secret);
  });

  it('goes on where a run broke off between registering the key and enabling it', async () => {
    const { setup, tenant, signIn } = await companyWithKeys();
    await applySetup(tenant.setup);
    const api = {
      ...setup.api,
      send: (call: Parameters<typeof setup.api.send>[0]) => {
        if (call.method === 'PATCH') {
          throw new Error('The network is gone.');
        }
        return setup.api.send(call);
      },
    };
    await expect(applySetup({ ...setup, api })).rejects.toThrow('The network is gone.');
    await applySetup(setup);
    expect(await signIn()).toBe('Understudy management');
    expect(await planOnly(setup)).toBe(true);
  });

  it('takes a key of somebody else’s away from the application, and leaves it registered', async () => {
    const { setup, application, credentials, names } = await companyWithKeys();
    await applySetup(setup);
    const [own] = credentials();
    if (own) {
      credentials().push({ ...own, id: 'cred_foreign', name: 'by hand' });
    }
    Object.assign(application(), {
      client_authentication_methods: {
        private_key_jwt: { credentials: [{ id: own?.id }, { id: 'cred_foreign' }] },
      },
    });
    expect(await planOnly(setup)).toBe(false);
    await applySetup(setup);
    expect(application().client_authentication_methods).toEqual({
      private_key_jwt: { credentials: [{ id: own?.id }] },
    });
    expect(names()).toContain('by hand');
  });

  it('says what the tenant says where the plan does not have it, and leaves others’ things alone', async () => {
    const { setup, tenant } = await companyWithKeys();
    tenant.conditions.privateKeyJwtInPlan = false;
    const before = foreignThings(tenant);
    await expect(applySetup(setup)).rejects.toThrow(ManagementRefusalError);
    await expect(applySetup(setup)).rejects.toThrow('Private Key JWT is not enabled');
    expect(foreignThings(tenant)).toEqual(before);
  });

  it('is undone without a trace', async () => {
    const { setup, tenant } = await companyWithKeys();
    await applySetup(setup);
    await removeSetup(setup);
    expect(tenant.data.clientCredentials).toEqual({});
    expect(tenant.data.clients.map(({ name }) => name)).toEqual(['Operator', 'Shop', 'Wiki']);
  });
});

describe('the rotation of the key for the Management API', () => {
  it('adds the new key, waits, signs in with it, and then removes the old one', async () => {
    const { setup, names, signIn, secrets } = await companyWithKeys();
    await applySetup(setup);
    const [old] = names();
    const signedInDuringTheWait: (string | undefined)[] = [];
    const delay = async () => {
      signedInDuringTheWait.push(await signIn(), await signIn('UNDERSTUDY_NEXT_MANAGEMENT_KEY'));
    };
    await rotateKey({ ...setup, delay }, 'management');
    expect(signedInDuringTheWait).toEqual(['Understudy management', 'Understudy management']);
    expect(names()).toHaveLength(2);
    expect(await signIn()).toBe('Understudy management');
    expect(await signIn('UNDERSTUDY_PREVIOUS_MANAGEMENT_KEY')).toBe('Understudy management');
    const signingKey = secrets()['UNDERSTUDY_SIGNING_KEY'];
    await finishRotation(setup);
    expect(names()).toHaveLength(1);
    expect(names()).not.toContain(old);
    expect(await signIn()).toBe('Understudy management');
    expect(secrets()).toMatchObject({ UNDERSTUDY_SIGNING_KEY: signingKey });
    expect(secrets()['UNDERSTUDY_PREVIOUS_MANAGEMENT_KEY']).toBeUndefined();
    expect(await planOnly(setup)).toBe(true);
  });

  it('is not begun again before it is finished, nor where there is no key', async () => {
    const { setup, tenant, names } = await companyWithKeys();
    await applySetup(tenant.setup);
    expect(await rotateKey(tenant.setup, 'management')).toBe(false);
    await applySetup(setup);
    await rotateKey(setup, 'management');
    const both = names();
    expect(await rotateKey(setup, 'management')).toBe(false);
    expect(names()).toEqual(both);
  });
});

describe('the exported files', () => {
  it.each(['deploy-cli', 'terraform'] as const)(
    'for %s register the public key and name no secret for that application',
    async (tool) => {
      const { setup, secrets } = await companyWithKeys();
      await exportSetup(setup, tool);
      const folder = join(setup.files.record, '..', tool);
      const file = tool === 'terraform' ? 'main.tf' : '1-applications.yaml';
      const text = readFileSync(join(folder, file), 'utf8');
      const { kid, d } = JSON.parse(secrets()['UNDERSTUDY_MANAGEMENT_KEY'] ?? '');
      expect(text).toContain(`understudy-${kid}`);
      expect(text).toContain('-----BEGIN PUBLIC KEY-----');
      expect(text).not.toContain(d);
      const readme = readFileSync(join(folder, 'README.md'), 'utf8');
      expect(readme).toContain('Understudy management has no secret, but a key');
    },
  );
});
