import { createLocalJWKSet, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { SigningKey } from './signing-key.ts';

export type TokenSigner = {
  jwks: { keys: object[] };
  sign: (claims: JWTPayload, type: string) => Promise<string>;
  /** Claims of an unexpired token that this tenant signed for one of the issuers, or undefined. */
  verify: (token: string, issuers: readonly string[]) => Promise<JWTPayload | undefined>;
  /** The same without looking at the clock: for logout hints. */
  verifyIgnoringExpiry: (token: string) => Promise<JWTPayload | undefined>;
};

/** Signs and verifies with the tenant's one RS256 key. */
export const createTokenSigner = (key: SigningKey, clock: () => number): TokenSigner => {
  const keySet = createLocalJWKSet({ keys: [key.publicJwk] });
  const verify = async (token: string, currentDate: Date, issuers?: readonly string[]) => {
    try {
      const { payload } = await jwtVerify(token, keySet, {
        algorithms: ['RS256', 'PS256'],
        currentDate,
        ...(issuers && { issuer: [...issuers], requiredClaims: ['exp'] }),
      });
      return payload;
    } catch {
      // Whatever is wrong with it, the caller only needs to know that it is not ours.
      return undefined;
    }
  };
  return {
    jwks: { keys: [key.publicJwk] },
    sign: (claims, type) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', typ: type, kid: key.kid })
        .sign(key.privateKey),
    verify: (token, issuers) => verify(token, new Date(clock()), issuers),
    verifyIgnoringExpiry: (token) => verify(token, new Date(0)),
  };
};
