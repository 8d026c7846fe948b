import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { createManagementClient } from '../../../../../../src/backend/adapters/auth0/management/management.ts';
import {
  authenticationParameters,
  ManagementKeyError,
  readManagementAuthentication,
} from '../../../../../../src/backend/adapters/auth0/management/management-authentication.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = JSON.stringify(pair.privateKey.export({ format: 'jwk' }));
const DOMAIN = 'tenant.eu.auth0.com';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

describe('a management client with a key', () => {
  it('signs an assertion for the tenant that lives for minutes', async () => {
    const authentication = await readManagementAuthentication('private_key_jwt', jwk);
    const parameters = await authenticationParameters(DOMAIN, 'management', authentication);
    expect(parameters.get('client_assertion_type')).toBe(ASSERTION_TYPE);
    expect(parameters.has('client_secret')).toBe(false);
    const { payload } = await jwtVerify(parameters.get('client_assertion') ?? '', pair.publicKey, {
      algorithms: ['RS256'],
      audience: `https://${DOMAIN}/`,
      issuer: 'management',
    });
    expect(payload).toMatchObject({ sub: 'management', jti: expect.any(String) });
    expect(Number(payload.exp) - Number(payload.iat)).toBeLessThanOrEqual(300);
  });

  it('signs a new assertion for every request', async () => {
    const authentication = await readManagementAuthentication('private_key_jwt', jwk);
    const ids = await Promise.all(
      [1, 2].map(async () => {
        const form = await authenticationParameters(DOMAIN, 'management', authentication);
        return decodeJwt(form.get('client_assertion') ?? '').jti;
      }),
    );
    expect(new Set(ids).size).toBe(2);
  });

  it('gets its token for the Management API by such an assertion, and never sends the key', async () => {
    const bodies: string[] = [];
    const answers: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      bodies.push(await request.text());
      return Response.json(
        request.url.endsWith('/oauth/token')
          ? { access_token: 'token', expires_in: 60 }
          : { client_id: 'shop', name: 'Shop' },
      );
    };
    const management = createManagementClient({
      domain: DOMAIN,
      clientId: 'management',
      authentication: await readManagementAuthentication('private_key_jwt', jwk),
      fetch: answers,
    });
    expect((await management.clients.get('shop')).name).toBe('Shop');
    const form = new URLSearchParams(bodies[0]);
    expect(form.get('client_assertion_type')).toBe(ASSERTION_TYPE);
    const assertion = form.get('client_assertion') ?? '';
    expect(decodeProtectedHeader(assertion).alg).toBe('RS256');
    expect(decodeJwt(assertion)).toMatchObject({ iss: 'management', aud: `https://${DOMAIN}/` });
    expect(bodies.join()).not.toContain(JSON.parse(jwk).d);
  });
});

it('a management client with a secret sends the secret', async () => {
  const authentication = await readManagementAuthentication('client_secret', 'hunter2');
  const parameters = await authenticationParameters(DOMAIN, 'management', authentication);
  expect(Object.fromEntries(parameters)).toEqual({
    client_id: 'management',
    client_secret: 'hunter2',
  });
});

it.each([
  ['text', 'hunter2'],
  ['a public key', JSON.stringify(pair.publicKey.export({ format: 'jwk' }))],
  [
    'an EC key',
    JSON.stringify(
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
    ),
  ],
])('%s is no key to sign in with, and is not quoted', async (_what, credential) => {
  const reading = readManagementAuthentication('private_key_jwt', credential);
  await expect(reading).rejects.toThrow(ManagementKeyError);
  await expect(reading).rejects.toThrow(
    'UNDERSTUDY_MANAGEMENT_KEY: must be a private JWK for RS256 (RSA).',
  );
});
