import { calculateJwkThumbprint, importJWK, type JWK } from 'jose';
import * as z from 'zod/mini';

/** The key that signs subject tokens, with the public half that verifies them. */
export type SigningKey = {
  readonly key: CryptoKey;
  readonly kid: string;
  readonly publicJwk: JWK;
};

/** The text is no private ES256 key. Says what is wrong, never what the key is. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
}

const privateJwkSchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.optional(z.string()),
});

/**
 * Reads a private JWK (ES256). Without `kid` its RFC 7638 thumbprint is used. `name` is the secret's, for errors.
 * @throws {SigningKeyError}
 */
export const readSigningKey = async (
  text: string,
  name = 'UNDERSTUDY_SIGNING_KEY',
): Promise<SigningKey> => {
  let jwk: z.infer<typeof privateJwkSchema>;
  try {
    jwk = privateJwkSchema.parse(JSON.parse(text));
    const { kty, crv, x, y, d } = jwk;
    const key = await importJWK({ kty, crv, x, y, d }, 'ES256');
    if (!(key instanceof CryptoKey)) {
      throw new TypeError('not an asymmetric key');
    }
    const kid = jwk.kid ?? (await calculateJwkThumbprint({ kty, crv, x, y }));
    return { key, kid, publicJwk: { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' } };
  } catch {
    // The original error could quote the key; it is deliberately not kept as the cause.
    throw new SigningKeyError(`${name}: must be a private JWK for ES256 (P-256).`);
  }
};
