import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import * as z from 'zod/mini';
import type { SecretValues } from './secrets-file.ts';

const privateJwkSchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  kid: z.optional(z.string()),
});

/** A text of the secrets file is no signing key. The text itself is never quoted. */
export class StoredKeyError extends Error {
  override readonly name = 'StoredKeyError';
}

/** Makes a private JWK (ES256) for subject tokens, named by its RFC 7638 thumbprint. */
export const createSigningKey = async (): Promise<string> => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return JSON.stringify({
    ...jwk,
    kid: await calculateJwkThumbprint(jwk),
    alg: 'ES256',
    use: 'sig',
  });
};

const publicHalf = async (name: string, text: string): Promise<JWK> => {
  try {
    const { kty, crv, x, y, kid } = privateJwkSchema.parse(JSON.parse(text));
    const known = kid ?? (await calculateJwkThumbprint({ kty, crv, x, y }));
    return { kty, crv, x, y, kid: known, alg: 'ES256', use: 'sig' };
  } catch {
    // The original error could quote the key; it is deliberately not kept as the cause.
    throw new StoredKeyError(`${name}: must be a private JWK for ES256 (P-256).`);
  }
};

/**
 * Gives the public halves of every signing key of a backend: the one in use and, while it is being rotated,
 * the next or the previous one.
 * @throws {StoredKeyError}
 */
export const publicKeySet = async (secrets: SecretValues): Promise<string> => {
  const names = [
    'UNDERSTUDY_SIGNING_KEY',
    'UNDERSTUDY_NEXT_SIGNING_KEY',
    'UNDERSTUDY_PREVIOUS_SIGNING_KEY',
  ] as const;
  const keys = await Promise.all(
    names.flatMap((name) => {
      const text = secrets[name];
      return text === undefined ? [] : [publicHalf(name, text)];
    }),
  );
  return JSON.stringify({ keys });
};
