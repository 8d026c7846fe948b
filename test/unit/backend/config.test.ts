import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/backend/config.ts';

const GOOD = {
  publicOrigin: 'https://understudy.example.com',
  listen: { port: 8080 },
  metricsListen: { port: 9090 },
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
const SECRETS = {
  UNDERSTUDY_CLIENT_SECRET: 'a',
  UNDERSTUDY_MANAGEMENT_CLIENT_SECRET: 'b',
  UNDERSTUDY_SIGNING_KEY: 'c',
};

const folder = mkdtempSync(join(tmpdir(), 'understudy-config-'));
const load = (content: unknown, environment: Record<string, string> = SECRETS) => {
  const path = join(folder, 'understudy.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return loadConfig(path, environment);
};

describe('a good configuration', () => {
  it('is loaded with its defaults', () => {
    const config = load(GOOD);
    expect(config.listen).toEqual({ host: '127.0.0.1', port: 8080 });
    expect(config.allowInsecureLocalhost).toBe(false);
    expect(config.protection.metadataKey).toBe('understudy_protected');
    expect(config.secrets.requestingClientSecret).toBe('a');
  });

  it('takes a secret from a file', () => {
    const file = join(folder, 'secret');
    writeFileSync(file, 'from-file\n');
    const { UNDERSTUDY_CLIENT_SECRET: _secret, ...others } = SECRETS;
    const config = load(GOOD, { ...others, UNDERSTUDY_CLIENT_SECRET_FILE: file });
    expect(config.secrets.requestingClientSecret).toBe('from-file');
  });
});

describe('a bad configuration names the field', () => {
  it.each([
    ['publicOrigin', { publicOrigin: 'https://understudy.example.com/' }],
    ['publicOrigin', { publicOrigin: 'http://understudy.example.com' }],
    ['listen.port', { listen: { port: 70_000 } }],
    ['auth0.issuer', { auth0: { ...GOOD.auth0, issuer: 'https://agents.example.com' } }],
    ['auth0.issuer', { auth0: { ...GOOD.auth0, issuer: 'http://agents.example.com/' } }],
    ['auth0.issuer', { auth0: { ...GOOD.auth0, issuer: 'http://agents.localhost/' } }],
    ['auth0.extensionClientId', { auth0: { ...GOOD.auth0, extensionClientId: '' } }],
    ['extension.ids.0', { extension: { ids: ['*'] } }],
    ['customers.connections', { customers: { connections: [] } }],
    [
      'policy.ticket.pattern',
      { policy: { ...GOOD.policy, ticket: { required: true, pattern: '(' } } },
    ],
    ['policy.reason.required', { policy: { ...GOOD.policy, reason: {} } }],
    ['loginOrigins.0', { loginOrigins: ['https://shop.example/login'] }],
    ['loginOrigins.0', { loginOrigins: ['http://shop.localhost:3000'] }],
    ['trustedProxies.0', { trustedProxies: ['10.0.0.0/33'] }],
    ['trustedProxies.0', { trustedProxies: ['everybody'] }],
    ['trustedProxies.0', { trustedProxies: ['10.0.0.0/8/99'] }],
    ['targetApps.shop.logoutUrl', { targetApps: { shop: { logoutUrl: 'javascript:alert(1)' } } }],
    ['targetApps.shop.loginUrl', { targetApps: { shop: { loginUrl: 'http://shop.example' } } }],
    ['ledger', { ledger: undefined }],
    ['(top level)', { clientSecret: 'x' }],
  ])('%s in %j', (field, change) => {
    expect(() => load({ ...GOOD, ...change })).toThrow(`${field}: `);
  });

  it('that is not known', () => {
    expect(() => load({ ...GOOD, polcy: {} })).toThrow('unknown field polcy');
  });

  it('when it is no JSON', () => {
    expect(() => load('{')).toThrow('is not JSON');
  });

  it('when the file is missing', () => {
    expect(() => loadConfig(join(folder, 'nothing.json'), SECRETS)).toThrow('cannot be read');
  });

  it.each(Object.keys(SECRETS))('when the secret %s is missing', (name) => {
    expect(() => load(GOOD, { ...SECRETS, [name]: ' ' })).toThrow(`${name}: set it`);
  });

  it('without repeating a secret', () => {
    try {
      load({ ...GOOD, clientSecret: 'hunter2' });
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain('hunter2');
    }
  });
});
