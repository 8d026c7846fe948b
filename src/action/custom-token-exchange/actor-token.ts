import { createHash, timingSafeEqual } from 'node:crypto';
import { decodeJwt } from 'jose';
import * as z from 'zod/mini';
import { ROLE_CLAIM } from '../role-claim.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { SubjectClaims } from './subject-token.ts';

const ID_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:id_token';
/** How old an actor token may be, in seconds, counted from `iat`. */
const MAX_AGE_SECONDS = 15 * 60;
/** How far two of Auth0's own clocks may differ, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 30;

const actorClaimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  iat: z.number(),
  auth_time: z.optional(z.number()),
  act: z.optional(z.unknown()),
  [ROLE_CLAIM]: z.optional(z.array(z.string())),
});

/** Whose actor tokens are accepted. */
export type ActorTokenRules = {
  /** Issuer URL of the domain where agents sign in and where the exchange happens. */
  readonly issuer: string;
  readonly extensionClientId: string;
  readonly agentRoles: readonly string[];
};

/** The actor token with what Auth0 found out about it. */
export type PresentedActor = {
  readonly token: string | undefined;
  readonly tokenType: string | undefined;
  readonly userId: string | undefined;
};

const hashMatches = (token: string, expected: string): boolean => {
  const actual = createHash('sha256').update(token).digest();
  const wanted = Buffer.from(expected, 'base64url');
  return actual.length === wanted.length && timingSafeEqual(actual, wanted);
};

const claimsOf = (token: string) => {
  try {
    return actorClaimsSchema.safeParse(decodeJwt(token)).data;
  } catch {
    // jose throws on anything that is no JWT; to the caller that is the same as missing claims.
    return undefined;
  }
};

/**
 * Gives a refusal unless the actor token is the very ID token that the subject token was made for: the
 * extension's own, from the domain where agents sign in, fresh, of the agent who may act, who signed in as lately
 * as the subject token wants, with an agent role and no chain behind it. Auth0 has already verified its signature and expiry, and that its issuer
 * is some domain of the tenant.
 * @see Auth0 "Custom Token Exchange", actor token; RFC 8693 §4.1 for `act`
 */
export const refuseActorToken = (
  actor: PresentedActor,
  subject: SubjectClaims,
  rules: ActorTokenRules,
  now: Date,
): Refusal | undefined => {
  if (!actor.token || actor.tokenType !== ID_TOKEN_TYPE || !actor.userId) {
    return refuse('actor_unavailable', 'An ID token of the agent is needed as actor token.');
  }
  if (!hashMatches(actor.token, subject.actor_token_sha256)) {
    return refuse('actor_mismatch', 'The subject token was made for another actor token.');
  }
  const claims = claimsOf(actor.token);
  if (!claims) {
    return refuse('actor_mismatch', 'The actor token is not an ID token.');
  }
  if (claims.iss !== rules.issuer) {
    return refuse('actor_mismatch', 'The actor token is from another issuer.');
  }
  if (claims.aud !== rules.extensionClientId) {
    return refuse('actor_mismatch', 'The actor token was issued to another application.');
  }
  if (claims.sub !== subject.may_act.sub || claims.sub !== actor.userId) {
    return refuse('actor_mismatch', 'The actor token is of another agent than may act.');
  }
  if (claims.act !== undefined) {
    return refuse('actor_mismatch', 'The actor token is itself from a delegated session.');
  }
  const ageSeconds = now.getTime() / 1000 - claims.iat;
  if (ageSeconds < -CLOCK_TOLERANCE_SECONDS) {
    return refuse('actor_unavailable', 'The actor token is from the future: a clock is off.');
  }
  if (ageSeconds > MAX_AGE_SECONDS + CLOCK_TOLERANCE_SECONDS) {
    return refuse('actor_unavailable', 'The actor token is more than 15 minutes old.');
  }
  const { max_auth_age: maxAuthAge } = subject;
  if (maxAuthAge !== undefined) {
    // A refresh makes `iat` new, so it says nothing of the sign-in; a token without `auth_time` says nothing either.
    const signedInSecondsAgo =
      now.getTime() / 1000 - (claims.auth_time ?? Number.NEGATIVE_INFINITY);
    if (signedInSecondsAgo > maxAuthAge + CLOCK_TOLERANCE_SECONDS) {
      return refuse('step_up_required', 'The agent signed in too long ago for this launch.');
    }
  }
  const roles = claims[ROLE_CLAIM] ?? [];
  if (!roles.some((role) => rules.agentRoles.includes(role))) {
    return refuse('permission_denied', 'The agent has no role that may act as customers.');
  }
  return undefined;
};
