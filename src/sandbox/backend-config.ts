import { join } from 'node:path';
import type { ExtensionIdentity } from './extension-identity.ts';
import type { SandboxOrigins } from './origins.ts';
import type { SandboxClients } from './sandbox-clients.ts';
import { SUBJECT_TOKEN_TYPE } from './sandbox-seed.ts';

/** What rules can grant here: as long as Auth0 allows, and down to what a test of the end needs. */
const LADDER = [120, 60, 30, 15, 8].map((minutes) => ({ mode: 'full', minutes }));

/** The configuration file of a backend that serves this sandbox; it holds no secret. */
export const backendConfig = (options: {
  origins: SandboxOrigins;
  clients: SandboxClients;
  extension: ExtensionIdentity;
  metricsPort: number;
  policies: string | undefined;
  folder: string;
}): object => {
  const { origins, clients, extension, metricsPort, policies, folder } = options;
  const targetApp = (origin: string) => ({
    loginDomain: new URL(origins.customers).host,
    logoutUrl: `${origin}/logout`,
    origins: [origin],
  });
  return {
    publicOrigin: origins.backend,
    listen: { host: '127.0.0.1', port: Number(new URL(origins.backend).port) },
    metricsListen: { host: '127.0.0.1', port: metricsPort },
    allowInsecureLocalhost: true,
    auth0: {
      issuer: `${origins.agents}/`,
      managementDomain: new URL(origins.https).host,
      requestingClientId: clients.requesting.client_id,
      // Two launches of one customer in the same minute are told apart by what the Action writes into the session.
      sessionMetadata: true,
      managementClientId: clients.reader.client_id,
      extensionClientId: clients.extension.client_id,
      subjectTokenType: SUBJECT_TOKEN_TYPE,
    },
    extension: { ids: [extension.chromeId] },
    customers: { connections: ['customers', 'partners', 'acme-sso'] },
    recordPatterns: [
      { system: 'Sandbox CRM', urlPattern: `${origins.crm}/customers/:key`, key: 'user_id' },
      { system: 'Sandbox tickets', urlPattern: `${origins.crm}/tickets/:key`, key: 'external_id' },
      { system: 'Sandbox mailbox', urlPattern: `${origins.crm}/mailbox/:key`, key: 'email' },
    ],
    protection: {
      roles: ['Administrator'],
      staffRoles: ['Support Agent', 'Support Supervisor'],
      metadataKey: 'understudy_protected',
    },
    policy: {
      reason: { required: true, minLength: 5 },
      ticket: { required: false, pattern: '^[A-Z]+-[0-9]+$' },
      ...(policies !== undefined && { folder: policies, ladder: LADDER }),
    },
    loginOrigins: [origins.shop, origins.desk],
    targetApps: {
      [clients.shop.client_id]: targetApp(origins.shop),
      [clients.desk.client_id]: targetApp(origins.desk),
    },
    trustedProxies: [],
    ledger: {
      dataFolder: join(folder, 'ledger'),
      checkpoints: {
        stateFile: join(folder, 'signer.json'),
        folder: join(folder, 'checkpoints'),
      },
    },
    // This tenant takes more calls a second than one of a real plan: tests are faster than people.
    limits: { tenantCallsPerSecond: 500 },
  };
};
