import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import { type Refusal, refuse } from './refusal.ts';

/** How long a subject token may live, in seconds. */
const MAX_LIFETIME_SECONDS = 60;
/** How long Auth0 lets a delegated session live, in minutes. */
const MAX_SESSION_MINUTES = 120;
/** How far the backend's clock and Auth0's may differ, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 30;

const subjectClaimsSchema = z.object({
  sub: z.string().check(z.minLength(1)),
  connection: z.string().check(z.minLength(1)),
  may_act: z.object({ sub: z.string().check(z.minLength(1)) }),
  actor_token_sha256: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
  app: z.string().check(z.minLength(1)),
  org: z.optional(z.string().check(z.minLength(1))),
  mode: z.string().check(z.regex(/^[a-z][a-z0-9_-]{0,31}$/)),
  max_auth_age: z.optional(z.int().check(z.minimum(0))),
  minutes: z.int().check(z.minimum(1), z.maximum(MAX_SESSION_MINUTES)),
  identity_user_id: z.string().check(z.minLength(1)),
  aud: z.string(),
  jti: z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/), z.toLowerCase()),
  iat: z.number(),
  exp: z.number(),
});

/** What the backend vouches for: who acts as whom, where, in which launch. */
export type SubjectClaims = z.infer<typeof subjectClaimsSchema>;

/** Whose subject tokens are accepted. `keys` never come from the token itself (`jku`, `jwk`, `x5u`). */
export type SubjectTokenRules = {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
};

const refusalOf = (error: unknown): Refusal => {
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return {
      ...refuse('invalid_subject_token', 'The signature of the subject token is wrong.'),
      countsAgainstIp: true,
    };
  }
  if (error instanceof errors.JWTExpired) {
    return refuse('subject_token_expired', 'The subject token is expired, or a clock is off.');
  }
  if (error instanceof errors.JOSEError) {
    return refuse('invalid_subject_token', `The subject token is not acceptable (${error.code}).`);
  }
  throw error;
};

/**
 * Accepts a JWT only when it is ES256, signed by a known key, of the exact issuer and audience, alive,
 * and at most 60 seconds long. Anything else is a {@link Refusal}.
 * @see RFC 7519 §4.1; RFC 8693 §4.4 for `may_act`
 * @throws whatever fetching the keys throws.
 */
export const verifySubjectToken = async (
  token: string,
  rules: SubjectTokenRules,
  now: Date,
): Promise<SubjectClaims | Refusal> => {
  let payload: unknown;
  try {
    ({ payload } = await jwtVerify(token, rules.keys, {
      algorithms: ['ES256'],
      typ: 'JWT',
      issuer: rules.issuer,
      audience: rules.audience,
      requiredClaims: ['iat', 'exp', 'jti'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: now,
    }));
  } catch (error) {
    return refusalOf(error);
  }
  const claims = subjectClaimsSchema.safeParse(payload);
  if (!claims.success) {
    return refuse(
      'invalid_subject_token',
      'The subject token lacks a claim or has a malformed one.',
    );
  }
  const { iat, exp } = claims.data;
  if (exp - iat > MAX_LIFETIME_SECONDS || exp <= iat) {
    return refuse('invalid_subject_token', 'The subject token may live 60 seconds at most.');
  }
  if (iat > now.getTime() / 1000 + CLOCK_TOLERANCE_SECONDS) {
    return refuse('subject_token_expired', 'The subject token is from the future: a clock is off.');
  }
  return claims.data;
};
