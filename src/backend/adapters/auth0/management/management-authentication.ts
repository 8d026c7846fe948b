import { createPrivateKey } from 'node:crypto';
import { importPKCS8 } from 'jose';
import * as oauth from 'oauth4webapi';
import * as z from 'zod/mini';

const ALGORITHM = 'RS256';

/** How the backend signs in to the Management API: with a secret, or with an assertion that it signs. */
export type ManagementAuthentication =
  | { readonly method: 'client_secret'; readonly clientSecret: string }
  | {
      readonly method: 'private_key_jwt';
      /** The same key twice: the SDK takes PKCS #8, PEM. */
      readonly key: CryptoKey;
      readonly pem: string;
    };

/** The text is no private RS256 key. Says what is wrong, never what the key is. */
export class ManagementKeyError extends Error {
  override readonly name = 'ManagementKeyError';
}

const part = z.string();
const privateJwkSchema = z.object({
  ...{ kty: z.literal('RSA'), n: part, e: part, d: part },
  ...{ p: part, q: part, dp: part, dq: part, qi: part },
});

/**
 * Reads what the management client authenticates with: its secret, or a private JWK (RSA, used with RS256).
 * @throws {ManagementKeyError}
 */
export const readManagementAuthentication = async (
  method: ManagementAuthentication['method'],
  credential: string,
): Promise<ManagementAuthentication> => {
  if (method === 'client_secret') {
    return { method, clientSecret: credential };
  }
  try {
    const key = privateJwkSchema.parse(JSON.parse(credential));
    const pem = createPrivateKey({ key, format: 'jwk' })
      .export({ type: 'pkcs8', format: 'pem' })
      .toString();
    return { method, pem, key: await importPKCS8(pem, ALGORITHM) };
  } catch {
    // The original error could quote the key; it is deliberately not kept as the cause.
    throw new ManagementKeyError(
      'UNDERSTUDY_MANAGEMENT_KEY: must be a private JWK for RS256 (RSA).',
    );
  }
};

/**
 * Gives what a token request of the management client carries to authenticate it; an assertion is good for one
 * request.
 * @see RFC 7523 §2.2; Auth0 documentation, "Authenticate with Private Key JWT", for `aud`
 */
export const authenticationParameters = async (
  domain: string,
  clientId: string,
  authentication: ManagementAuthentication,
): Promise<URLSearchParams> => {
  const authenticate =
    authentication.method === 'client_secret'
      ? oauth.ClientSecretPost(authentication.clientSecret)
      : oauth.PrivateKeyJwt(authentication.key);
  const parameters = new URLSearchParams();
  const server = { issuer: `https://${domain}/` };
  await authenticate(server, { client_id: clientId }, parameters, new Headers());
  return parameters;
};
