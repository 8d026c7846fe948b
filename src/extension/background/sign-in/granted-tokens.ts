import * as oauth from 'oauth4webapi';

/** What the issuer granted. The lifetime is in seconds from the answer. */
export type GrantedTokens = {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly idToken: string | undefined;
  readonly refreshToken: string | undefined;
  readonly sub: string | undefined;
};

/** An issuer that does not say how long an access token lives gets it renewed soon. */
const UNKNOWN_LIFETIME_SECONDS = 300;

/** Translates a checked answer of the token endpoint. */
export const grantedTokens = (answer: oauth.TokenEndpointResponse): GrantedTokens => ({
  accessToken: answer.access_token,
  expiresInSeconds: answer.expires_in ?? UNKNOWN_LIFETIME_SECONDS,
  idToken: answer.id_token,
  refreshToken: answer.refresh_token,
  sub: oauth.getValidatedIdTokenClaims(answer)?.sub,
});
