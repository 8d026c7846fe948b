import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { examine } from '../../../src/doctor/examine.ts';
import type { Line } from '../../../src/doctor/line.ts';
import type { Patient } from '../../../src/doctor/patient.ts';
import { printReport } from '../../../src/doctor/report.ts';
import { resolveCall } from '../../../src/tenant-settings/call.ts';
import type { CompanyTenant } from '../setup/company-tenant.ts';
import { healthyTenant, patientOf } from './company-patient.ts';

const ID = 'management.keys';

const healthy = () => healthyTenant({ managementAuthentication: 'private_key_jwt' });

const look = async (tenant: CompanyTenant, changes: Partial<Patient> = {}) =>
  examine(await patientOf(tenant, changes));

const wrong = (lines: readonly Line[]): readonly string[] =>
  lines.filter(({ state }) => state === 'broken').map(({ id }) => id);

const lineIn = (lines: readonly Line[]): Line => {
  const found = lines.find(({ id }) => id === ID);
  if (!found) {
    throw new Error(`There is no line ${ID}.`);
  }
  return found;
};

const applicationIn = ({ data }: CompanyTenant) => {
  const found = data.clients.find(({ name }) => name === 'Understudy management');
  if (!found) {
    throw new Error('There is no application for the Management API.');
  }
  return found;
};

const credentialsIn = (tenant: CompanyTenant) =>
  tenant.data.clientCredentials[applicationIn(tenant).client_id] ?? [];

/** Sends the calls of a fix as they are printed: an id stands for what the call before answered. */
const applyFix = async (tenant: CompanyTenant, { fix }: Line): Promise<void> => {
  let answered = '';
  for (const call of fix?.calls ?? []) {
    const ids = new Map([['credential:registered', answered]]);
    answered = String((await tenant.api.send(resolveCall(call, ids)))['id']);
  }
};

const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString();

describe('the doctor where the backend signs in with a key', () => {
  it('finds nothing wrong with what setup made', async () => {
    const lines = await look(await healthy());
    expect(wrong(lines)).toEqual([]);
    expect(lineIn(lines)).toMatchObject({ state: 'ok', found: lineIn(lines).wanted });
  });

  it.each<[string, (tenant: CompanyTenant) => Promise<unknown> | unknown, string]>([
    [
      'the application has a secret instead',
      (tenant) => {
        Object.assign(applicationIn(tenant), {
          client_authentication_methods: null,
          token_endpoint_auth_method: 'client_secret_post',
        });
      },
      'no key',
    ],
    [
      'its key is not registered',
      (tenant) => {
        Object.assign(applicationIn(tenant), {
          client_authentication_methods: null,
          token_endpoint_auth_method: 'client_secret_post',
        });
        tenant.data.clientCredentials = {};
      },
      'no key',
    ],
    [
      'somebody else can sign in with another key',
      async (tenant) => {
        const { client_id } = applicationIn(tenant);
        const path = `/clients/${client_id}`;
        const body = { credential_type: 'public_key', name: 'by hand', pem };
        await tenant.api.send({ method: 'POST', path: `${path}/credentials`, body });
        const credentials = credentialsIn(tenant).map(({ id }) => ({ id }));
        await tenant.api.send({
          method: 'PATCH',
          path,
          body: { client_authentication_methods: { private_key_jwt: { credentials } } },
        });
      },
      'and by hand',
    ],
  ])('finds exactly that %s, and its fix repairs it', async (_what, breakIt, found) => {
    const tenant = await healthy();
    await breakIt(tenant);
    const lines = await look(tenant);
    expect(wrong(lines)).toEqual([ID]);
    expect(lineIn(lines).found).toContain(found);
    await applyFix(tenant, lineIn(lines));
    expect(wrong(await look(tenant))).toEqual([]);
  });

  it('prints what stands for the id of a key that is not registered yet', async () => {
    const tenant = await healthy();
    Object.assign(applicationIn(tenant), {
      client_authentication_methods: null,
      token_endpoint_auth_method: 'client_secret_post',
    });
    tenant.data.clientCredentials = {};
    const report = printReport([lineIn(await look(tenant))]);
    expect(report).toMatch(/API {8}POST \/api\/v2\/clients\/\w+\/credentials \{"credential_type"/);
    expect(report).toContain('"credentials":[{"id":"<the id in the answer before>"}]');
    expect(report).toContain('Terraform  auth0_client_credentials: authentication_method');
  });

  it('names a key that has expired', async () => {
    const tenant = await healthy();
    for (const credential of credentialsIn(tenant)) {
      credential.expires_at = new Date(Date.now() - 1000).toISOString();
    }
    const lines = await look(tenant);
    expect(wrong(lines)).toEqual([ID]);
    expect(lineIn(lines).fix?.dashboard).toContain('--rotate-management-key');
  });

  it('does not judge a key without the secrets file', async () => {
    const tenant = await healthy();
    const lines = await look(tenant, { managementKeys: undefined });
    expect(lineIn(lines)).toMatchObject({ state: 'unknown' });
    expect(wrong(lines)).toEqual([]);
  });
});

it('the doctor asks for no key where the backend has a secret', async () => {
  const lines = await look(await healthyTenant());
  expect(lineIn(lines)).toMatchObject({ state: 'ok', found: 'it has a secret, as configured' });
});

it('a requesting application that authenticates with a key is named, and its fix gives it a secret', async () => {
  const tenant = await healthyTenant();
  const client = tenant.data.clients.find(({ name }) => name === 'Understudy backend');
  const path = `/clients/${client?.client_id}`;
  const body = { credential_type: 'public_key', name: 'by hand', pem };
  const { id = '' } = await tenant.api.send({ method: 'POST', path: `${path}/credentials`, body });
  await tenant.api.send({
    method: 'PATCH',
    path,
    body: {
      client_authentication_methods: { private_key_jwt: { credentials: [{ id }] } },
      token_endpoint_auth_method: null,
    },
  });
  const lines = await look(tenant);
  expect(wrong(lines)).toEqual(['requesting.token_endpoint_auth_method']);
  for (const line of lines.filter(({ state }) => state === 'broken')) {
    await applyFix(tenant, line);
  }
  expect(wrong(await look(tenant))).toEqual([]);
});
