import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import type { ExchangeRequest } from '../../../ports/identity-provider.ts';
import type { SigningKey } from './signing-key.ts';

/** How long a subject token lives, in seconds; the Action accepts no longer one. */
const LIFETIME_SECONDS = 60;

export type SubjectTokenIssuer = {
  /** The backend's own origin. */
  readonly issuer: string;
  /** Issuer URL of the domain where the exchange happens. */
  readonly audience: string;
  readonly signingKey: SigningKey;
};

/**
 * Signs the statement that this agent, with this very actor token, may act as this customer in this app
 * for this launch. It proves nothing by itself: the Action checks all of it against what Auth0 knows.
 * @see RFC 8693 §4.4 for `may_act`
 */
export const signSubjectToken = (
  request: ExchangeRequest,
  issuer: SubjectTokenIssuer,
  now: Date,
): Promise<string> => {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({
    connection: request.customer.connection,
    may_act: { sub: request.agentId },
    actor_token_sha256: createHash('sha256').update(request.actorToken).digest('base64url'),
    app: request.targetAppId,
    ...(request.organizationId && { org: request.organizationId }),
    mode: request.grant.mode,
    minutes: request.grant.minutes,
    ...(request.maxAuthAgeSeconds !== undefined && { max_auth_age: request.maxAuthAgeSeconds }),
    identity_user_id: request.customer.identityUserId,
  })
    .setProtectedHeader({ alg: 'ES256', kid: issuer.signingKey.kid, typ: 'JWT' })
    .setIssuer(issuer.issuer)
    .setAudience(issuer.audience)
    .setSubject(request.customer.id)
    .setJti(request.launchId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .sign(issuer.signingKey.key);
};
