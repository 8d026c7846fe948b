import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import * as z from 'zod/mini';
import { keyName, type ManagementKey } from '../../tenant-settings/management-keys.ts';
import type { SecretValues } from './secrets-file.ts';
import { StoredKeyError } from './signing-keys.ts';

const RSA_BITS = 2048;

const publicJwkSchema = z.object({ kty: z.literal('RSA'), n: z.string(), e: z.string() });

/** Makes a private JWK (RS256) that the backend signs in to the Management API with. */
export const createManagementKey = async (): Promise<string> => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
  const jwk = privateKey.export({ format: 'jwk' });
  const { kty, n, e } = publicJwkSchema.parse(jwk);
  const kid = await calculateJwkThumbprint({ kty, n, e });
  return JSON.stringify({ ...jwk, kid, alg: 'RS256', use: 'sig' });
};

const publicHalf = async (name: string, text: string): Promise<ManagementKey> => {
  try {
    const key = publicJwkSchema.parse(JSON.parse(text));
    return {
      name: keyName(await calculateJwkThumbprint(key)),
      pem: createPublicKey({ key, format: 'jwk' })
        .export({ type: 'spki', format: 'pem' })
        .toString(),
    };
  } catch {
    // The original error could quote the key; it is deliberately not kept as the cause.
    throw new StoredKeyError(`${name}: must be a private JWK for RS256 (RSA).`);
  }
};

/**
 * Gives the public halves of every key that the backend may sign in with: the one in use and, while it is
 * being rotated, the next or the previous one.
 * @throws {StoredKeyError}
 */
export const managementKeys = (secrets: SecretValues): Promise<readonly ManagementKey[]> => {
  const names = [
    'UNDERSTUDY_MANAGEMENT_KEY',
    'UNDERSTUDY_NEXT_MANAGEMENT_KEY',
    'UNDERSTUDY_PREVIOUS_MANAGEMENT_KEY',
  ] as const;
  return Promise.all(
    names.flatMap((name) => {
      const text = secrets[name];
      return text === undefined ? [] : [publicHalf(name, text)];
    }),
  );
};
