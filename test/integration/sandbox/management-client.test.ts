import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FixtureSandbox, startFixtureSandbox } from './fixture-sandbox.ts';
import { httpBrowser } from './http-browser.ts';

const run = promisify(execFile);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

let sandbox: FixtureSandbox;
let folder: string;

beforeAll(async () => {
  sandbox = await startFixtureSandbox();
  folder = await mkdtemp(join(tmpdir(), 'understudy-management-'));
  await writeFile(join(folder, 'ca.pem'), sandbox.certificates.caCertificate);
});

afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

test('Auth0’s ManagementClient reads and changes the tenant over TLS', async () => {
  const { clients, origins, seeded } = sandbox;
  const { demoCustomer, seed } = seeded;
  for (const _ of ['one session', 'another']) {
    const browser = httpBrowser();
    const page = await browser.visit(`${origins.shop}/login`);
    await browser.signIn(page, demoCustomer.email, seed.passwords[demoCustomer.user_id] ?? '');
  }
  const { stdout } = await run(
    process.execPath,
    [
      '--import',
      here('../../../src/sandbox/resolve-localhost.mjs'),
      here('./management-client-script.ts'),
    ],
    {
      env: {
        ...process.env,
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
        DOMAIN: new URL(origins.https).host,
        CLIENT_ID: clients.management.client_id,
        CLIENT_SECRET: clients.management.client_secret,
        SHOP_ID: clients.shop.client_id,
        SESSION_OWNER_ID: demoCustomer.user_id,
        CUSTOMER_ID: seeded.demoCustomer.user_id,
      },
    },
  );
  const nordwind = seeded.organizations.find((organization) => organization.name === 'nordwind');
  expect(JSON.parse(stdout)).toEqual({
    clientNames: [
      'Understudy',
      'Understudy backend',
      'Understudy management',
      'Understudy reader',
      'Shop',
      'Desk',
      'Back office',
    ],
    shop: { name: 'Shop', delegation: true, secret: false },
    shopConnections: ['customers', 'partners', 'acme-sso', 'staff'],
    found: ['Nora Lindqvist'],
    total: 1,
    customer: { email: 'nora.lindqvist@mail.example', fields: ['email', 'user_id'] },
    missing: 404,
    badQuery: 400,
    organizations: [nordwind?.id],
    organization: 'Nordwind Logistics',
    roles: [],
    afterPatch: false,
    protectedNow: true,
    shopConnectionsAfter: ['customers', 'partners', 'acme-sso'],
    sessions: 2,
    session: {
      user: demoCustomer.user_id,
      expiresAfterCreation: true,
      device: '127.0.0.1',
      clients: [{ client_id: clients.shop.client_id }],
    },
    deletion: 202,
    missingSession: 404,
    logTypes: ['seccft'],
  });
});
