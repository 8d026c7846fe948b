import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { post } from './fixture-browser.ts';
import { fixtureManagement } from './fixture-management.ts';
import { AGENTS_ORIGIN, CANONICAL_ORIGIN } from './fixture-seed.ts';
import { type FixtureTenant, fixtureTenant } from './fixture-tenant.ts';

const keyPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

const own = keyPair();
const foreign = keyPair();
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ISSUER = `${CANONICAL_ORIGIN}/`;

let tenant: FixtureTenant;
let call: ReturnType<typeof fixtureManagement>;
let credentialId: string;

beforeEach(async () => {
  tenant = fixtureTenant();
  call = fixtureManagement(tenant);
  const credential = await call('POST', '/clients/machine/credentials', {
    credential_type: 'public_key',
    name: 'own',
    pem: pemOf(own.publicKey),
    kid: 'own-key-of-machine',
  });
  credentialId = String(credential.body['id']);
  await call('PATCH', '/clients/machine', {
    client_authentication_methods: { private_key_jwt: { credentials: [{ id: credentialId }] } },
    token_endpoint_auth_method: null,
  });
});

const seconds = (): number => Math.floor(tenant.now() / 1000);

const claims = (changes: Record<string, unknown> = {}): JWTPayload => ({
  iss: 'machine',
  sub: 'machine',
  aud: ISSUER,
  jti: 'assertion-1',
  iat: seconds(),
  exp: seconds() + 180,
  ...changes,
});

const signed = (payload: JWTPayload, key = own.privateKey, alg = 'RS256', kid?: string) =>
  new SignJWT(payload).setProtectedHeader({ alg, ...(kid !== undefined && { kid }) }).sign(key);

const ask = (parameters: Record<string, string>, origin = CANONICAL_ORIGIN) =>
  post(tenant, `${origin}/oauth/token`, {
    grant_type: 'client_credentials',
    audience: `${CANONICAL_ORIGIN}/api/v2/`,
    client_assertion_type: ASSERTION_TYPE,
    ...parameters,
  });

describe('a client that has a key', () => {
  test('gets a token for an assertion that it signed', async () => {
    const answer = await ask({ client_assertion: await signed(claims()) });
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
  });

  test('may name itself and its key', async () => {
    const client_assertion = await signed(claims(), own.privateKey, 'RS256', 'own-key-of-machine');
    expect((await ask({ client_id: 'machine', client_assertion })).status).toBe(200);
  });

  test('is ten seconds ahead of the tenant at most', async () => {
    const ahead = await signed(claims({ iat: seconds() + 10, nbf: seconds() + 10 }));
    expect((await ask({ client_assertion: ahead })).status).toBe(200);
  });

  test('can no longer authenticate with its secret', async () => {
    const answer = await post(tenant, `${CANONICAL_ORIGIN}/oauth/token`, {
      grant_type: 'client_credentials',
      audience: `${CANONICAL_ORIGIN}/api/v2/`,
      client_id: 'machine',
      client_secret: 'secret-of-machine',
    });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  test('is unknown once its key has expired', async () => {
    await call('PATCH', `/clients/machine/credentials/${credentialId}`, {
      expires_at: new Date(tenant.now() + 1000).toISOString(),
    });
    expect((await ask({ client_assertion: await signed(claims()) })).status).toBe(200);
    tenant.wait(2);
    const late = await ask({ client_assertion: await signed(claims({ jti: 'late' })) });
    expect(late.status).toBe(401);
  });
});

/** What is wrong with an assertion, how it is made, and what the refusal says. */
const hostile: readonly [string, () => Promise<string> | string, string][] = [
  [
    'without a signature',
    () => new UnsecuredJWT(claims()).encode(),
    'signed by no key of the client',
  ],
  ['by a foreign key', () => signed(claims(), foreign.privateKey), 'signed by no key'],
  [
    'by a foreign key under the client’s kid',
    () => signed(claims(), foreign.privateKey, 'RS256', 'own-key-of-machine'),
    'signed by no key',
  ],
  [
    'under a kid that the client does not have',
    () => signed(claims(), own.privateKey, 'RS256', 'another-key-of-it'),
    'signed by no key',
  ],
  [
    'with an algorithm that the key was not registered for',
    () => signed(claims(), own.privateKey, 'PS256'),
    'signed by no key',
  ],
  ['in another client’s name', () => signed(claims({ sub: 'operator' })), 'signed by no key'],
  ['by another issuer', () => signed(claims({ iss: 'operator' })), 'iss and sub'],
  ['for the token endpoint', () => signed(claims({ aud: `${ISSUER}oauth/token` })), 'aud'],
  ['for the issuer without its slash', () => signed(claims({ aud: CANONICAL_ORIGIN })), 'aud'],
  ['for another domain', () => signed(claims({ aud: `${AGENTS_ORIGIN}/` })), 'aud'],
  ['for several', () => signed(claims({ aud: [ISSUER, 'https://else'] })), 'malformed'],
  ['that is expired', () => signed(claims({ iat: seconds() - 60, exp: seconds() })), 'expired'],
  ['that lives too long', () => signed(claims({ exp: seconds() + 301 })), '5 minutes'],
  [
    'that lives too long and does not say since when',
    () => signed(claims({ iat: undefined, exp: seconds() + 301 })),
    '5 minutes',
  ],
  ['from the future', () => signed(claims({ iat: seconds() + 11 })), 'not valid yet'],
  ['that is not valid yet', () => signed(claims({ nbf: seconds() + 11 })), 'not valid yet'],
  ['without an expiry', () => signed(claims({ exp: undefined })), 'lacks a claim'],
  ['without an id', () => signed(claims({ jti: undefined })), 'lacks a claim'],
  ['with an endless id', () => signed(claims({ jti: 'x'.repeat(65) })), 'malformed'],
  ['that is no JWT', () => 'abc', 'lacks a claim'],
];

describe('the tenant refuses a client assertion', () => {
  test.each(hostile)('%s', async (_what, make, reason) => {
    const answer = await ask({ client_assertion: await make() });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(answer.body['error_description']).toContain(reason);
  });

  test('that was used before', async () => {
    const client_assertion = await signed(claims());
    expect((await ask({ client_assertion })).status).toBe(200);
    const again = await ask({ client_assertion });
    expect(again).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(again.body['error_description']).toBe('The client assertion was used before.');
  });

  test('that another client presents', async () => {
    const client_assertion = await signed(claims());
    expect((await ask({ client_id: 'operator', client_assertion })).status).toBe(401);
  });

  test('beside a secret, or of another type', async () => {
    const client_assertion = await signed(claims());
    for (const parameters of [
      { client_assertion, client_id: 'machine', client_secret: 'secret-of-machine' },
      { client_assertion, client_assertion_type: 'urn:ietf:params:oauth:token-type:jwt' },
      { client_assertion: '' },
    ]) {
      expect(await ask(parameters)).toMatchObject({
        status: 400,
        body: { error: 'invalid_request' },
      });
    }
  });

  test('by a key that is registered and not enabled', async () => {
    await call('POST', '/clients/machine/credentials', {
      credential_type: 'public_key',
      name: 'next',
      pem: pemOf(foreign.publicKey),
    });
    const answer = await ask({ client_assertion: await signed(claims(), foreign.privateKey) });
    expect(answer.status).toBe(401);
  });
});
