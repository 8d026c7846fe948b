import type { ExtensionIdentity } from './extension-identity.ts';
import type { SandboxOrigins } from './origins.ts';
import type { SandboxClients } from './sandbox-clients.ts';
import { SUBJECT_TOKEN_TYPE, type sandboxSeed } from './sandbox-seed.ts';

/** What `endpoints.json` says: where everything is, and with whom to sign in. */
export const describeEndpoints = (options: {
  origins: SandboxOrigins;
  clients: SandboxClients;
  seeded: ReturnType<typeof sandboxSeed>;
  extension: ExtensionIdentity;
  metricsPort: number;
  caFile: string;
  signingKeyFile: string;
}) => {
  const { origins, clients, seeded, extension, metricsPort } = options;
  const { staff, passwords, demoCustomer, organizations } = seeded;
  return {
    tenant: {
      agents: origins.agents,
      customers: origins.customers,
      https: origins.https,
      caFile: options.caFile,
    },
    backend: origins.backend,
    crm: origins.crm,
    targetApps: [
      {
        id: clients.shop.client_id,
        name: clients.shop.name,
        kind: 'express',
        home: `${origins.shop}/`,
        loginUrl: `${origins.shop}/login`,
      },
      {
        id: clients.desk.client_id,
        name: clients.desk.name,
        kind: 'spa',
        home: `${origins.desk}/`,
        loginUrl: `${origins.desk}/login`,
      },
    ],
    extension: { id: extension.chromeId, chrome: 'dist/chrome', firefox: 'dist/firefox' },
    accounts: {
      agent: { email: staff.agent.email, password: passwords.agent },
      supervisor: { email: staff.supervisor.email, password: passwords.supervisor },
      trainee: { email: staff.trainee.email, password: passwords.trainee },
      customer: {
        id: demoCustomer.user_id,
        email: demoCustomer.email,
        name: demoCustomer.name,
        connection: 'customers',
        organizations: organizations
          .filter((organization) => organization.members.includes(demoCustomer.user_id))
          .map((organization) => organization.id),
      },
    },
    clients: {
      requesting: {
        clientId: clients.requesting.client_id,
        clientSecret: clients.requesting.client_secret,
      },
      extension: { clientId: clients.extension.client_id },
      management: {
        clientId: clients.management.client_id,
        clientSecret: clients.management.client_secret,
      },
    },
    subjectToken: {
      type: SUBJECT_TOKEN_TYPE,
      issuer: origins.backend,
      audience: `${origins.agents}/`,
      signingKeyFile: options.signingKeyFile,
    },
    metrics: `http://127.0.0.1:${metricsPort}/metrics`,
  };
};

export type Endpoints = ReturnType<typeof describeEndpoints>;

/** The few lines that somebody at a terminal wants to see. */
export const summarize = ({ tenant, backend, crm, targetApps, accounts }: Endpoints): string => {
  const rows: [string, string][] = [
    ['Backend', backend],
    ...targetApps.map((app): [string, string] => [app.name, app.home]),
    ['CRM', `${crm}/customers`],
    ['Agents sign in', tenant.agents],
    ['Customers sign in', tenant.customers],
    ['Management API', `${tenant.https}/api/v2/`],
    ['Agent', `${accounts.agent.email}  ${accounts.agent.password}`],
    ['Supervisor', `${accounts.supervisor.email}  ${accounts.supervisor.password}`],
    ['Trainee', `${accounts.trainee.email}  ${accounts.trainee.password}`],
    ['Customer', `${accounts.customer.name}, ${accounts.customer.email}`],
  ];
  const lines = rows.map(([label, value]) => `  ${label.padEnd(18)} ${value}`);
  return `\nThe sandbox is ready.\n\n${lines.join('\n')}\n`;
};
