import { errors, type JWTVerifyResult, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import type { AgentId } from '../../../../contract/ids.ts';
import type { VerifiedActor, VerifiedActorToken } from '../../../ports/identity-provider.ts';
import type { PolicyAttributes } from '../../../ports/policy-attributes.ts';
import { type Refusal, refuse } from '../../../refusal.ts';
import { isTokenType } from './token-type.ts';
import { CLOCK_TOLERANCE_SECONDS, type TokenRules } from './verify-access-token.ts';

/** How old an actor token may be, counted from `iat`, in seconds. */
const MAX_AGE_SECONDS = 15 * 60;

/** Auth0 marks ID tokens as plain JWTs. */
const ID_TOKEN_TYPES = ['jwt'];

/**
 * The claim that carries the agent's roles; the post-login Action puts it into the extension's ID tokens.
 * `src/action` and this backend are deployed apart and share no code, so a test compares the two.
 */
export const ROLE_CLAIM = 'https://understudy.example/roles';

/** Whose actor tokens are accepted, and which of their claims are attributes of the agent, by name. */
export type ActorTokenRules = TokenRules & {
  readonly agentAttributes: Readonly<Record<string, string>>;
};

const claimsSchema = z.object({
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.optional(z.string()),
  act: z.optional(z.unknown()),
  auth_time: z.optional(z.number()),
  acr: z.optional(z.string()),
  amr: z._default(z.array(z.string()), []),
  [ROLE_CLAIM]: z._default(z.array(z.string()), []),
});

/** Reads the claims that the company's rules know as attributes of the agent, where they are texts. */
const attributesOf = (
  payload: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, string>>,
): PolicyAttributes =>
  Object.fromEntries(
    Object.entries(claims).flatMap(([name, claim]) => {
      const value = payload[claim];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );

const unavailable = (detail: string) => refuse('actor_unavailable', detail);
const mismatch = (detail: string) => refuse('actor_mismatch', detail);

const refusalOf = (error: errors.JOSEError): Refusal => {
  if (error instanceof errors.JWTExpired) {
    return unavailable(
      'Your ID token is expired or more than 15 minutes old, or the clock of the backend is off.',
    );
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'iss'
      ? mismatch('Your ID token is from another issuer.')
      : unavailable('Your ID token is from the future: the clock of the backend is off.');
  }
  return unavailable('Your ID token is not a valid one of this company.');
};

/**
 * Accepts a token as proof that the agent acts: an RS256 ID token of the same issuer, for the extension
 * alone, of the same agent, at most 15 minutes old, with nobody acting behind it.
 * @see OpenID Connect Core §3.1.3.7; RFC 8693 §4.1 for `act`
 * @throws {TenantUnavailableError} when the tenant's keys cannot be had.
 */
export const verifyActorToken = async (
  token: string | undefined,
  agentId: AgentId,
  rules: ActorTokenRules,
): Promise<VerifiedActor | Refusal> => {
  if (!token?.trim()) {
    return unavailable('No ID token came with the request.');
  }
  let verified: JWTVerifyResult;
  try {
    verified = await jwtVerify(token, rules.keys, {
      algorithms: ['RS256'],
      issuer: rules.issuer,
      requiredClaims: ['exp', 'iat'],
      maxTokenAge: MAX_AGE_SECONDS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: rules.clock(),
    });
  } catch (error) {
    if (error instanceof errors.JOSEError) {
      return refusalOf(error);
    }
    throw error;
  }
  if (!isTokenType(verified.protectedHeader, ID_TOKEN_TYPES)) {
    return mismatch('This is not an ID token.');
  }
  const claims = claimsSchema.safeParse(verified.payload);
  if (!claims.success) {
    return mismatch('This is not an ID token.');
  }
  const { sub, aud, azp, act, auth_time: authTime, acr, amr } = claims.data;
  if (aud !== rules.extensionClientId || (azp !== undefined && azp !== rules.extensionClientId)) {
    return mismatch('Your ID token was issued to another application.');
  }
  if (sub !== agentId) {
    return mismatch('Your ID token is of another agent.');
  }
  if (act !== undefined) {
    return mismatch('Your ID token is from a session in which somebody acts for you.');
  }
  return {
    token: token as VerifiedActorToken,
    roles: claims.data[ROLE_CLAIM],
    attributes: attributesOf(verified.payload, rules.agentAttributes),
    signIn: {
      ...(authTime !== undefined && { signedInAt: new Date(authTime * 1000) }),
      methods: amr,
      ...(acr !== undefined && { authClass: acr }),
    },
  };
};
