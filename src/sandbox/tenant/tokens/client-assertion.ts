import { createPublicKey } from 'node:crypto';
import { compactVerify, decodeJwt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import type { TenantContext } from '../context.ts';
import type { ClientCredential, TenantClient } from '../model.ts';

/** How long an assertion may live, and how far a client's clock may be ahead, in seconds. */
const MAX_LIFETIME_SECONDS = 300;
const CLOCK_SKEW_SECONDS = 10;
const MAX_CLAIM_LENGTH = 64;

const text = z.string().min(1).max(MAX_CLAIM_LENGTH);
const claimsSchema = z.object({
  iss: text,
  sub: text,
  aud: z.string(),
  jti: text,
  exp: z.number(),
  iat: z.number().optional(),
  nbf: z.number().optional(),
});
type Claims = z.infer<typeof claimsSchema>;

/** An assertion, the issuer URL of the domain that received it, and whom the request names. */
export type PresentedAssertion = {
  assertion: string;
  issuer: string;
  clientId: string | undefined;
};

type Judged = PresentedAssertion & { claims: Claims; now: number };
type AssertionCheck = (judged: Judged) => string | undefined;

const namesTheClient: AssertionCheck = ({ claims: { iss, sub }, clientId }) =>
  iss !== sub || (clientId !== undefined && clientId !== sub)
    ? 'iss and sub of the client assertion must be the client_id.'
    : undefined;

const isForThisDomain: AssertionCheck = ({ claims: { aud }, issuer }) =>
  aud === issuer ? undefined : `aud of the client assertion must be ${issuer}`;

const isUnexpired: AssertionCheck = ({ claims: { exp }, now }) =>
  exp > now ? undefined : 'The client assertion is expired.';

const isShortLived: AssertionCheck = ({ claims: { exp, iat }, now }) =>
  exp - Math.min(iat ?? now, now) > MAX_LIFETIME_SECONDS
    ? 'The client assertion may live 5 minutes at most.'
    : undefined;

const isNotFromTheFuture: AssertionCheck = ({ claims: { iat = 0, nbf = 0 }, now }) =>
  Math.max(iat, nbf) > now + CLOCK_SKEW_SECONDS
    ? 'The client assertion is not valid yet.'
    : undefined;

const CHECKS = [namesTheClient, isForThisDomain, isUnexpired, isShortLived, isNotFromTheFuture];

/** The keys that may have signed: enabled for the client, unexpired, of the header's algorithm and `kid`. */
const candidates = (
  { directory }: TenantContext,
  client: TenantClient,
  header: { alg?: string | undefined; kid?: string | undefined },
  now: number,
): ClientCredential[] => {
  const enabled = client.client_authentication_methods?.private_key_jwt?.credentials ?? [];
  return (directory.data.clientCredentials[client.client_id] ?? []).filter(
    ({ id, alg, kid, expires_at }) =>
      enabled.some((credential) => credential.id === id) &&
      alg === header.alg &&
      (header.kid === undefined || header.kid === kid) &&
      (expires_at === undefined || Date.parse(expires_at) > now * 1000),
  );
};

const isSignedBy = async (assertion: string, { pem, alg }: ClientCredential): Promise<boolean> => {
  try {
    await compactVerify(assertion, createPublicKey(pem), { algorithms: [alg] });
    return true;
  } catch {
    // Any other key, or no signature at all: the caller only needs to know that it is not this one.
    return false;
  }
};

const read = (assertion: string) => {
  try {
    return {
      header: decodeProtectedHeader(assertion),
      claims: claimsSchema.safeParse(decodeJwt(assertion)).data,
    };
  } catch {
    // jose throws on whatever is no JWT.
    return undefined;
  }
};

/**
 * The client that signed an assertion, or what is wrong with it. An accepted one is used up.
 *
 * @see RFC 7523 §3; Auth0 documentation, "Authenticate with Private Key JWT"
 */
export const acceptAssertion = async (
  context: TenantContext,
  presented: PresentedAssertion,
): Promise<{ client: TenantClient } | { wrong: string }> => {
  const { header, claims } = read(presented.assertion) ?? {};
  if (!header || !claims) {
    return { wrong: 'The client assertion lacks a claim or has a malformed one.' };
  }
  const now = Math.floor(context.clock() / 1000);
  const client = context.directory.clients.get(claims.sub);
  const credentials = client ? candidates(context, client, header, now) : [];
  const matches = await Promise.all(
    credentials.map((credential) => isSignedBy(presented.assertion, credential)),
  );
  if (!client || !matches.includes(true)) {
    return { wrong: 'The client assertion is signed by no key of the client.' };
  }
  for (const check of CHECKS) {
    const wrong = check({ ...presented, claims, now });
    if (wrong !== undefined) {
      return { wrong };
    }
  }
  const use = `${client.client_id} ${claims.jti}`;
  if (context.memory.usedAssertions.has(use)) {
    return { wrong: 'The client assertion was used before.' };
  }
  context.memory.usedAssertions.add(use);
  return { client };
};
