import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { onTestFinished } from 'vitest';
import { loadConfig } from '../../../src/backend/config/load-config.ts';

const keys = await generateKeyPair('ES256', { extractable: true });

/** A signing key as the backend takes it. */
export const SIGNING_KEY = JSON.stringify({ ...(await exportJWK(keys.privateKey)), kid: 'k1' });

/** A configuration that the backend takes. Port 0 is any free one. */
export const GOOD = {
  publicOrigin: 'https://understudy.example.com',
  listen: { port: 0 },
  metricsListen: { port: 0 },
  auth0: {
    issuer: 'https://agents.example.com/',
    managementDomain: 'tenant.eu.auth0.com',
    requestingClientId: 'requesting',
    managementClientId: 'management',
    extensionClientId: 'extension',
    subjectTokenType: 'urn:example:customer',
  },
  extension: { ids: ['abcdefghijklmnopabcdefghijklmnop'] },
  customers: { connections: ['customers'] },
  protection: { roles: [], staffRoles: [] },
  policy: { reason: { required: true }, ticket: { required: false } },
  loginOrigins: ['https://shop.example'],
  targetApps: {},
  trustedProxies: ['10.0.0.0/8'],
  ledger: { dataFolder: '/var/lib/understudy' },
};

/** The secrets that {@link GOOD} needs. */
export const SECRETS = {
  UNDERSTUDY_CLIENT_SECRET: 'a',
  UNDERSTUDY_MANAGEMENT_CLIENT_SECRET: 'b',
  UNDERSTUDY_SIGNING_KEY: SIGNING_KEY,
};

/** Where {@link load} writes its files. */
export const folder = mkdtempSync(join(tmpdir(), 'understudy-config-'));

/** Loads a configuration from a file. */
export const load = (content: unknown, environment: Record<string, string> = SECRETS) => {
  const path = join(folder, 'understudy.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return loadConfig(path, environment);
};

/** A port that somebody listens on until the test is over. */
export const takenPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** A configuration whose customers' tokens have another type. */
export const withTokenType = (subjectTokenType: string) => ({
  ...GOOD,
  auth0: { ...GOOD.auth0, subjectTokenType },
});
