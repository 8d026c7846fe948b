import type { JWTHeaderParameters } from 'jose';

/**
 * Tells whether a token's header names one of these types, given in lower case without `application/`. A
 * token of another kind (a logout token, a security event) is signed with the same key.
 * @see RFC 8725 §3.11; RFC 7515 §4.1.9
 */
export const isTokenType = (
  { typ }: Pick<JWTHeaderParameters, 'typ'>,
  types: readonly string[],
): boolean =>
  typeof typ === 'string' && types.includes(typ.toLowerCase().replace(/^application\//, ''));
