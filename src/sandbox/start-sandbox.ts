import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startShop } from './apps/express/shop.ts';
import { startDesk } from './apps/spa/desk.ts';
import { backendConfig } from './backend-config.ts';
import { startBackend } from './backend-process.ts';
import { createLocalCertificates } from './certificate-authority.ts';
import { startCrm } from './crm/crm.ts';
import type { CrmRecord } from './crm/crm-pages.ts';
import { describeEndpoints, type Endpoints } from './endpoints.ts';
import { extensionIdentity } from './extension-identity.ts';
import { createLedgerKey } from './ledger-key.ts';
import { planOrigins } from './plan-origins.ts';
import { sandboxClients } from './sandbox-clients.ts';
import type { SandboxFolder } from './sandbox-folder.ts';
import { sandboxSeed } from './sandbox-seed.ts';
import { createSandboxTenant } from './sandbox-tenant.ts';
import { createSubjectKey } from './subject-key.ts';
import { listen } from './tenant/listen.ts';
import type { TenantSeed } from './tenant/model.ts';

export type Sandbox = {
  endpoints: Endpoints;
  /** Settles with the reason when the backend ends by itself. */
  backendEnded: Promise<string>;
};

const secret = (bytes: number): string => randomBytes(bytes).toString('base64url');

const manifestKey = async (root: string): Promise<string> => {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'manifest.json'), 'utf8'));
  const key = (manifest as { key?: unknown }).key;
  if (typeof key !== 'string') {
    throw new Error('manifest.json has no "key".');
  }
  return key;
};

const crmRecords = ({ users, organizations }: TenantSeed): CrmRecord[] =>
  users
    .filter((user) => user.identities[0]?.connection !== 'staff')
    .map((user) => ({
      id: user.user_id,
      name: user.name,
      email: user.email,
      connection: user.identities[0]?.connection ?? '',
      organizations: organizations
        .filter((organization) => organization.members.includes(user.user_id))
        .map((organization) => organization.display_name),
    }));

/**
 * Starts tenant, apps, CRM and then the backend, and writes `endpoints.json` when all of it is
 * ready. What has to be stopped is handed to `onStarted` at once, so that a failure half way leaves
 * nothing running.
 */
export const startSandbox = async (options: {
  root: string;
  folder: SandboxFolder;
  oneDomain: boolean;
  /** A folder of rules that the backend decides by; undefined for none. */
  policies: string | undefined;
  /** The public key of the extension that is let in; undefined for the one in the manifest. */
  extensionKey: string | undefined;
  onStarted: (stop: () => Promise<void>) => void;
}): Promise<Sandbox> => {
  const { root, folder, oneDomain, policies, extensionKey, onStarted } = options;
  const { origins, metricsPort } = await planOrigins(oneDomain);
  const extension = extensionIdentity(extensionKey ?? (await manifestKey(root)));
  const certificates = await createLocalCertificates(new Date());
  const subjectKey = await createSubjectKey(secret(9));
  const secrets = {
    requesting: secret(32),
    management: secret(32),
    reader: secret(32),
    shop: secret(32),
  };
  const clients = sandboxClients(origins, extension, secrets);
  const seeded = sandboxSeed(origins, clients, () => secret(12));

  const caFile = await folder.write('ca.pem', certificates.caCertificate);
  const signingKeyFile = await folder.write('subject-key.json', subjectKey.privateJwk);
  const ledgerKeyFile = await folder.write('ledger-key.json', createLedgerKey());
  const secretFile = await folder.write('client-secret', secrets.requesting);
  const managementSecretFile = await folder.write('management-client-secret', secrets.reader);
  const configFile = await folder.write(
    'backend.json',
    backendConfig({ origins, clients, extension, metricsPort, policies, folder: folder.path }),
  );

  const issuer = `${origins.customers}/`;
  const shop = await startShop({
    origin: origins.shop,
    issuer,
    clientId: clients.shop.client_id,
    clientSecret: secrets.shop,
    cookieSecret: secret(32),
  });
  onStarted(shop.close);
  const desk = await startDesk({
    origin: origins.desk,
    issuer: origins.customers,
    clientId: clients.desk.client_id,
  });
  onStarted(desk.close);
  const tenant = await createSandboxTenant({
    root,
    origins,
    clients,
    seed: seeded.seed,
    subjectJwks: subjectKey.publicJwks,
    apps: { [clients.shop.client_id]: shop, [clients.desk.client_id]: desk },
  });
  onStarted(tenant.close);
  const plain = await listen(tenant, { port: Number(new URL(origins.agents).port) });
  onStarted(plain.close);
  const overTls = await listen(tenant, {
    port: Number(new URL(origins.https).port),
    tls: { key: certificates.key, cert: certificates.certificate },
  });
  onStarted(overTls.close);
  const crm = await startCrm(origins.crm, crmRecords(seeded.seed));
  onStarted(crm.close);

  const backend = startBackend({
    root,
    origin: origins.backend,
    configFile,
    environment: {
      UNDERSTUDY_CLIENT_SECRET_FILE: secretFile,
      UNDERSTUDY_MANAGEMENT_CLIENT_SECRET_FILE: managementSecretFile,
      UNDERSTUDY_SIGNING_KEY_FILE: signingKeyFile,
      UNDERSTUDY_LEDGER_KEY_FILE: ledgerKeyFile,
      NODE_EXTRA_CA_CERTS: caFile,
    },
  });
  onStarted(backend.stop);
  await backend.ready;

  const endpoints = describeEndpoints({
    origins,
    clients,
    seeded,
    extension,
    metricsPort,
    caFile: folder.relative(caFile),
    signingKeyFile: folder.relative(signingKeyFile),
  });
  await folder.writeAtomically('endpoints.json', endpoints);
  return { endpoints, backendEnded: backend.ended };
};
