import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { fixtureManagement } from '../../../fixture-management.ts';
import { type FixtureTenant, fixtureTenant } from '../../../fixture-tenant.ts';

const spki = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const rsa = (modulusLength = 2048) => generateKeyPairSync('rsa', { modulusLength });
const { publicKey, privateKey } = rsa();
const pem = spki(publicKey);

let tenant: FixtureTenant;
let call: ReturnType<typeof fixtureManagement>;
beforeEach(() => {
  tenant = fixtureTenant();
  call = fixtureManagement(tenant);
});

const register = async (name = 'one'): Promise<string> => {
  const body = { credential_type: 'public_key', name, pem };
  const answer = await call('POST', '/clients/machine/credentials', body);
  return String(answer.body['id']);
};

const enable = (ids: readonly string[]) =>
  call('PATCH', '/clients/machine', {
    client_authentication_methods: { private_key_jwt: { credentials: ids.map((id) => ({ id })) } },
    token_endpoint_auth_method: null,
  });

describe('a credential', () => {
  test('has an id and a kid, and is never shown with its key', async () => {
    const id = await register();
    expect(id).toMatch(/^cred_/);
    const read = await call('GET', `/clients/machine/credentials/${id}`);
    expect(read).toMatchObject({
      status: 200,
      body: { id, name: 'one', alg: 'RS256', credential_type: 'public_key' },
    });
    expect(read.body['kid']).toEqual(expect.any(String));
    expect(read.body).not.toHaveProperty('pem');
    expect((await call('GET', '/clients/machine/credentials')).body).toEqual([read.body]);
  });

  test('cannot be deleted while the client authenticates with it', async () => {
    const [first, second] = [await register('first'), await register('second')];
    await enable([first, second]);
    const path = `/clients/machine/credentials/${first}`;
    expect((await call('DELETE', path)).status).toBe(400);
    await enable([second]);
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('GET', path)).status).toBe(404);
  });

  test('is one of two at most', async () => {
    await register('first');
    await register('second');
    const third = await call('POST', '/clients/machine/credentials', {
      credential_type: 'public_key',
      pem,
    });
    expect(third.status).toBe(400);
  });

  test('goes with its client', async () => {
    await register();
    await call('DELETE', '/clients/machine');
    expect((await call('GET', '/clients/machine/credentials')).status).toBe(404);
    expect(tenant.context.directory.data.clientCredentials).toEqual({});
  });
});

/** A body that is no credential. */
const refused: readonly [string, object][] = [
  ['a private key', { pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }],
  ['a short key', { pem: spki(rsa(1024).publicKey) }],
  ['an EC key', { pem: spki(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey) }],
  ['text for a key', { pem: 'abc' }],
  ['an algorithm that Auth0 does not have', { pem, alg: 'RS512' }],
  ['a kid that is too short', { pem, kid: 'short' }],
  ['another type', { pem, credential_type: 'x509_cert' }],
  ['a field that does not exist', { pem, use: 'sig' }],
];

test.each(refused)('%s is refused as a credential', async (_what, body) => {
  const answer = await call('POST', '/clients/machine/credentials', {
    credential_type: 'public_key',
    ...body,
  });
  expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } });
});

test.each([
  ['GET', '/clients/machine/credentials'],
  ['POST', '/clients/machine/credentials'],
  ['PATCH', '/clients/machine/credentials/cred_1'],
  ['DELETE', '/clients/machine/credentials/cred_1'],
])('%s %s wants its scope', async (method, path) => {
  const answer = await fixtureManagement(tenant, 'machine')(method, path);
  expect(answer).toMatchObject({ status: 403, body: { errorCode: 'insufficient_scope' } });
});

describe('the way that a client authenticates', () => {
  const methods = (keys: readonly object[]) => ({
    client_authentication_methods: { private_key_jwt: { credentials: keys } },
  });
  const sent = { credential_type: 'public_key', name: 'own', pem, alg: 'RS256' };

  test('can be a key from the creation on: then there is no secret', async () => {
    const { status, body } = await call('POST', '/clients', {
      name: 'Machine',
      app_type: 'non_interactive',
      ...methods([sent]),
    });
    expect(status).toBe(201);
    expect(body).not.toHaveProperty('client_secret');
    expect(body).toMatchObject({
      token_endpoint_auth_method: null,
      client_authentication_methods: {
        private_key_jwt: { credentials: [{ id: expect.stringMatching(/^cred_/) }] },
      },
    });
    expect((await call('GET', `/clients/${body['client_id']}/credentials`)).body).toMatchObject([
      { name: 'own' },
    ]);
  });

  test.each<[string, object]>([
    ['a key beside a secret', { ...methods([sent]), token_endpoint_auth_method: 'none' }],
    ['no key at all', methods([])],
    ['an id instead of a key', methods([{ id: 'cred_1' }])],
    ['a key that is none', methods([{ ...sent, pem: 'abc' }])],
    ['three keys', methods([sent, sent, sent])],
  ])('is not made of %s', async (_what, body) => {
    const answer = await call('POST', '/clients', { name: 'Machine', ...body });
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } });
    expect(tenant.context.directory.data.clients.some(({ name }) => name === 'Machine')).toBe(
      false,
    );
  });

  test.each<[string, object]>([
    ['a key while the secret counts', methods([{ id: 'cred_known' }])],
    [
      'a key that the client does not have',
      { ...methods([{ id: 'x' }]), token_endpoint_auth_method: null },
    ],
    ['a whole key', { ...methods([sent]), token_endpoint_auth_method: null }],
    ['nothing', { token_endpoint_auth_method: null }],
  ])('is not changed to %s', async (_what, body) => {
    const before = await call('GET', '/clients/machine');
    const answer = await call('PATCH', '/clients/machine', body);
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } });
    expect(await call('GET', '/clients/machine')).toEqual(before);
  });

  test('goes back to the secret only if both fields say so', async () => {
    await enable([await register()]);
    const secret = { token_endpoint_auth_method: 'client_secret_post' };
    expect((await call('PATCH', '/clients/machine', secret)).status).toBe(400);
    const both = { ...secret, client_authentication_methods: null };
    expect((await call('PATCH', '/clients/machine', both)).status).toBe(200);
  });

  test('cannot be a key where the plan does not have it', async () => {
    tenant.context.conditions.privateKeyJwtInPlan = false;
    const plan = { status: 403, body: { errorCode: 'feature_not_enabled' } };
    const body = { name: 'Machine', ...methods([sent]) };
    expect(await call('POST', '/clients', body)).toMatchObject(plan);
    expect(await call('POST', '/clients/machine/credentials', sent)).toMatchObject(plan);
  });
});
