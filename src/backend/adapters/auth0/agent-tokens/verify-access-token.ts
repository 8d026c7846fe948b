import { errors, type JWTVerifyGetKey, type JWTVerifyResult, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import { agentIdSchema } from '../../../../contract/ids.ts';
import { PERMISSIONS } from '../../../../contract/permissions.ts';
import type { Agent } from '../../../ports/agent.ts';
import type { Clock } from '../../../ports/clock.ts';
import { type Refusal, refuse } from '../../../refusal.ts';
import { isTokenType } from './token-type.ts';

/** How far the tenant's clock and ours may differ, in seconds. */
export const CLOCK_TOLERANCE_SECONDS = 30;

/** Whose tokens are accepted. */
export type TokenRules = {
  readonly issuer: string;
  /** The API's audience: the backend's own origin. */
  readonly audience: string;
  readonly extensionClientId: string;
  readonly keys: JWTVerifyGetKey;
  readonly clock: Clock;
};

/** Auth0's own dialect says `JWT`, the one after RFC 9068 `at+jwt`. */
const ACCESS_TOKEN_TYPES = ['jwt', 'at+jwt'];

const claimsSchema = z.object({
  sub: agentIdSchema,
  azp: z.string(),
  iat: z.number(),
  permissions: z._default(z.array(z.string()), []),
  act: z.optional(z.unknown()),
});

const unauthenticated = (detail: string) => refuse('unauthenticated', detail);

/**
 * Names the agent whose access token this is: RS256, of the agents' issuer, for this API, issued to the
 * extension, alive, not from the future, and not from a delegated session. Anything else is `unauthenticated`.
 * @see RFC 9068 §4; Auth0 "Access Token Profiles"
 * @throws {TenantUnavailableError} when the tenant's keys cannot be had.
 */
export const verifyAccessToken = async (
  token: string,
  rules: TokenRules,
): Promise<Agent | Refusal> => {
  let verified: JWTVerifyResult;
  try {
    verified = await jwtVerify(token, rules.keys, {
      algorithms: ['RS256'],
      issuer: rules.issuer,
      audience: rules.audience,
      requiredClaims: ['exp', 'iat'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: rules.clock(),
    });
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      return unauthenticated('Your sign-in has expired.');
    }
    if (error instanceof errors.JOSEError) {
      return unauthenticated('The access token is not one of this company for this backend.');
    }
    throw error;
  }
  if (!isTokenType(verified.protectedHeader, ACCESS_TOKEN_TYPES)) {
    return unauthenticated('The token is not an access token.');
  }
  const claims = claimsSchema.safeParse(verified.payload);
  if (!claims.success) {
    return unauthenticated('The access token lacks a claim.');
  }
  const { sub, azp, iat, permissions, act } = claims.data;
  if (iat > rules.clock().getTime() / 1000 + CLOCK_TOLERANCE_SECONDS) {
    return unauthenticated('The access token is from the future: the clock of the backend is off.');
  }
  if (azp !== rules.extensionClientId) {
    return unauthenticated('The access token was issued to another application.');
  }
  if (act !== undefined) {
    return unauthenticated('The access token is from a session in which somebody acts for you.');
  }
  return { id: sub, permissions: PERMISSIONS.filter((known) => permissions.includes(known)) };
};
