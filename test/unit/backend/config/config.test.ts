import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../../src/backend/config/load-config.ts';
import {
  folder,
  GOOD,
  load,
  SECRETS,
  SIGNING_KEY,
  takenPort,
  withTokenType,
} from '../config-file.ts';

describe('a good configuration', () => {
  it('is loaded with its defaults', async () => {
    const config = await load(GOOD);
    expect(config.listen).toEqual({ host: '127.0.0.1', port: 0 });
    expect(config.allowInsecureLocalhost).toBe(false);
    expect(config.protection.metadataKey).toBe('understudy_protected');
    expect(config.secrets.requestingClientSecret).toBe('a');
    expect(config.policy.ladder.map(({ minutes }) => minutes)).toEqual([120, 60, 30, 15]);
    expect(config.policy.stepUp).toEqual({ maxAgeSeconds: 300 });
  });

  it('may let the management client sign in with a key, and then takes no secret for it', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = JSON.stringify(privateKey.export({ format: 'jwk' }));
    const content = {
      ...GOOD,
      auth0: { ...GOOD.auth0, managementAuthentication: 'private_key_jwt' },
    };
    await expect(load(content)).rejects.toThrow('UNDERSTUDY_MANAGEMENT_KEY: set it');
    const environment = { ...SECRETS, UNDERSTUDY_MANAGEMENT_KEY: key };
    expect((await load(content, environment)).secrets.managementCredential).toBe(key);
    expect((await load(GOOD, environment)).secrets.managementCredential).toBe('b');
    await expect(
      load(content, { ...SECRETS, UNDERSTUDY_MANAGEMENT_KEY: 'hunter2' }),
    ).rejects.toThrow('UNDERSTUDY_MANAGEMENT_KEY: must be a private JWK for RS256 (RSA).');
  });

  it('may have the keys that setup leaves during a rotation, and checks them too', async () => {
    const next = await generateKeyPair('ES256', { extractable: true });
    const key = JSON.stringify(await exportJWK(next.privateKey));
    const config = await load(GOOD, { ...SECRETS, UNDERSTUDY_NEXT_SIGNING_KEY: key });
    expect(config.secrets.otherSigningKeys).toEqual([key]);
    expect(config.secrets.signingKey).toBe(SIGNING_KEY);
    expect((await load(GOOD)).secrets.otherSigningKeys).toEqual([]);
    await expect(
      load(GOOD, { ...SECRETS, UNDERSTUDY_PREVIOUS_SIGNING_KEY: 'hunter2' }),
    ).rejects.toThrow('UNDERSTUDY_PREVIOUS_SIGNING_KEY: must be a private JWK for ES256 (P-256).');
  });

  it('may name a database, whose password comes from the environment', async () => {
    const ledger = { databaseUrl: 'postgres://writer@db.example.com/understudy' };
    const environment = { ...SECRETS, UNDERSTUDY_DATABASE_PASSWORD: 'from-environment' };
    const config = await load({ ...GOOD, ledger }, environment);
    expect(config.ledger).toEqual(ledger);
    expect(config.secrets.databasePassword).toBe('from-environment');
    expect((await load({ ...GOOD, ledger })).secrets.databasePassword).toBeUndefined();
  });

  it('may ask for signed checkpoints, with a key from the environment', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const key = JSON.stringify(privateKey.export({ format: 'jwk' }));
    const ledger = { dataFolder: '/data', checkpoints: { stateFile: '/signer/state.json' } };
    const config = await load({ ...GOOD, ledger }, { ...SECRETS, UNDERSTUDY_LEDGER_KEY: key });
    expect(config.secrets.ledgerKey).toBe(key);
    await expect(load({ ...GOOD, ledger })).rejects.toThrow('UNDERSTUDY_LEDGER_KEY: set it');
    await expect(
      load({ ...GOOD, ledger }, { ...SECRETS, UNDERSTUDY_LEDGER_KEY: 'hunter2' }),
    ).rejects.toThrow('UNDERSTUDY_LEDGER_KEY: The key is not a private JWK of type Ed25519.');
  });

  it('may have the client secret that follows the one in use', async () => {
    const { secrets } = await load(GOOD, { ...SECRETS, UNDERSTUDY_NEXT_CLIENT_SECRET: 'b2' });
    expect(secrets.nextRequestingClientSecret).toBe('b2');
    expect((await load(GOOD)).secrets.nextRequestingClientSecret).toBeUndefined();
  });

  it('takes a secret from a file', async () => {
    const file = join(folder, 'secret');
    writeFileSync(file, 'from-file\n');
    const { UNDERSTUDY_CLIENT_SECRET: _secret, ...others } = SECRETS;
    const config = await load(GOOD, { ...others, UNDERSTUDY_CLIENT_SECRET_FILE: file });
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
    ['policy.timeZone', { policy: { ...GOOD.policy, timeZone: 'Mars/Olympus' } }],
    ['policy.ladder', { policy: { ...GOOD.policy, ladder: [] } }],
    [
      'policy.ladder.0.minutes',
      { policy: { ...GOOD.policy, ladder: [{ mode: 'full', minutes: 121 }] } },
    ],
    [
      'policy.ladder.0.mode',
      { policy: { ...GOOD.policy, ladder: [{ mode: 'view', minutes: 10 }] } },
    ],
    [
      'policy.customerAttributes.connection',
      { policy: { ...GOOD.policy, customerAttributes: { connection: 'a' } } },
    ],
    [
      'policy.agentAttributes.the team',
      { policy: { ...GOOD.policy, agentAttributes: { 'the team': 'a' } } },
    ],
    ['loginOrigins.0', { loginOrigins: ['https://shop.example/login'] }],
    ['loginOrigins.0', { loginOrigins: ['http://shop.localhost:3000'] }],
    ['trustedProxies.0', { trustedProxies: ['10.0.0.0/33'] }],
    ['trustedProxies.0', { trustedProxies: ['everybody'] }],
    ['trustedProxies.0', { trustedProxies: ['10.0.0.0/8/99'] }],
    ['targetApps.shop.logoutUrl', { targetApps: { shop: { logoutUrl: 'javascript:alert(1)' } } }],
    ['targetApps.shop.loginUrl', { targetApps: { shop: { loginUrl: 'http://shop.example' } } }],
    ['ledger', { ledger: undefined }],
    ['ledger', { ledger: {} }],
    [
      'ledger',
      {
        ledger: {
          dataFolder: '/data',
          checkpoints: { stateFile: '/state', timestampAuthority: 'https://tsa.example' },
        },
      },
    ],
    [
      'ledger.checkpoints.webhook',
      {
        ledger: {
          dataFolder: '/data',
          checkpoints: { stateFile: '/state', webhook: 'http://audit.example' },
        },
      },
    ],
    ['ledger', { ledger: { dataFolder: '/data', databaseUrl: 'postgres://writer@db/ledger' } }],
    ['ledger.databaseUrl', { ledger: { databaseUrl: 'postgres://writer:secret@db/ledger' } }],
    ['ledger.databaseUrl', { ledger: { databaseUrl: 'postgres://writer@db/x?sslmode=disable' } }],
    ['(top level)', { clientSecret: 'x' }],
  ])('%s in %j', async (field, change) => {
    await expect(load({ ...GOOD, ...change })).rejects.toThrow(`${field}: `);
  });

  it('that is not known', async () => {
    await expect(load({ ...GOOD, polcy: {} })).rejects.toThrow('unknown field polcy');
  });

  it('when it is no JSON', async () => {
    await expect(load('{')).rejects.toThrow('is not JSON');
  });

  it('when the file is missing', async () => {
    await expect(loadConfig(join(folder, 'nothing.json'), SECRETS)).rejects.toThrow(
      'cannot be read',
    );
  });

  it.each(Object.keys(SECRETS))('when the secret %s is missing', async (name) => {
    await expect(load(GOOD, { ...SECRETS, [name]: ' ' })).rejects.toThrow(`${name}: set it`);
  });

  it('without repeating a secret', async () => {
    try {
      await load({ ...GOOD, clientSecret: 'hunter2' });
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain('hunter2');
    }
  });
});

it('everything that is wrong with a configuration is told at once, each with its field', async () => {
  const port = await takenPort();
  const config = {
    ...withTokenType('urn:auth0:customer'),
    listen: { port },
    metricsListen: { port: 70_000 },
    customers: { connections: [] },
    loginOrigins: ['http://shop.example', 'nonsense'],
    publicOrigin: 'http://understudy.example.com',
    polcy: {},
  };
  const { UNDERSTUDY_CLIENT_SECRET: _secret, ...others } = SECRETS;
  const failure = await load(config, others).catch((error: unknown) => error);
  const fields = (failure as { problems: string[] }).problems.map((each) => each.split(':')[0]);
  expect(fields.toSorted()).toEqual([
    '(top level)',
    'UNDERSTUDY_CLIENT_SECRET',
    'auth0.subjectTokenType',
    'customers.connections',
    'listen.port',
    'loginOrigins.1',
    'metricsListen.port',
    'publicOrigin',
  ]);
});
