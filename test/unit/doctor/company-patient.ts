import { readFileSync } from 'node:fs';
import { readBackendSettings } from '../../../src/doctor/backend-settings.ts';
import { type Patient, readingOnce } from '../../../src/doctor/patient.ts';
import type { Answers } from '../../../src/setup/description/answers.ts';
import { managementKeys } from '../../../src/setup/files/management-keys.ts';
import { readRecord } from '../../../src/setup/files/record.ts';
import { readSecrets } from '../../../src/setup/files/secrets-file.ts';
import { publicKeySet } from '../../../src/setup/files/signing-keys.ts';
import { applySetup } from '../../../src/setup/run-setup.ts';
import { FIREFOX_REDIRECT_ORIGIN } from '../../../src/tenant-settings/extension-ids.ts';
import { type CompanyTenant, companyTenant } from '../setup/company-tenant.ts';

/** What the company's shop and backend answer; the shop passes both parameters on, as it should. */
export const healthyFetch = async (tenant: CompanyTenant): Promise<typeof fetch> => {
  const jwks = await publicKeySet(readSecrets(tenant.setup.files.secrets));
  return async (input) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.pathname === '/.well-known/jwks.json') {
      return new Response(jwks);
    }
    const authorize = new URL('https://login.company.example/authorize?response_type=code');
    for (const name of ['session_transfer_token', 'organization']) {
      authorize.searchParams.set(name, url.searchParams.get(name) ?? '');
    }
    return new Response(null, { status: 302, headers: { location: authorize.href } });
  };
};

/** A company's tenant that setup has made, and nothing wrong with it. */
export const healthyTenant = async (answers: Partial<Answers> = {}): Promise<CompanyTenant> => {
  const tenant = await companyTenant();
  await applySetup({ ...tenant.setup, answers: { ...tenant.setup.answers, ...answers } });
  return tenant;
};

/** The tenant as the doctor gets to see it, with a look of its own at everything. */
export const patientOf = async (
  tenant: CompanyTenant,
  changes: Partial<Patient> = {},
): Promise<Patient> => {
  const { files, parts } = tenant.setup;
  const settings = readBackendSettings(readFileSync(files.config, 'utf8'));
  return {
    api: readingOnce(tenant.api),
    settings: { ...settings, trustedProxies: ['127.0.0.1'] },
    record: readRecord(files.record),
    code: parts.code,
    firefoxRedirectOrigin: FIREFOX_REDIRECT_ORIGIN,
    jwks: await publicKeySet(readSecrets(files.secrets)),
    managementKeys: await managementKeys(readSecrets(files.secrets)),
    fetch: await healthyFetch(tenant),
    resolve: async () => ['203.0.113.7'],
    clock: () => new Date(),
    ...changes,
  };
};
