import * as z from 'zod/mini';
import { type ErrorCode, errorCodeSchema } from '../../../../contract/error-codes.ts';
import type { SessionTransferToken } from '../../../ports/identity-provider.ts';
import { TenantUnavailableError } from '../../../ports/tenant-errors.ts';
import { type Refusal, refuse } from '../../../refusal.ts';

const TOKEN_TYPE = 'urn:auth0:params:oauth:token-type:session_transfer_token';
/** Auth0's documented lifetime of a session transfer token, in seconds; for an answer without `expires_in`. */
const DEFAULT_LIFETIME_SECONDS = 60;

/** Nothing that Auth0 documents lives longer; a larger figure is not passed on. */
const MAX_LIFETIME_SECONDS = 300;

const successSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  issued_token_type: z.literal(TOKEN_TYPE),
  expires_in: z._default(z.number().check(z.positive()), DEFAULT_LIFETIME_SECONDS),
});

/** A token of another kind: the tenant answered, and there is no session transfer token. */
const otherTokenSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  issued_token_type: z.optional(z.string().check(z.refine((type) => type !== TOKEN_TYPE))),
});

const errorSchema = z.object({ error: z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,64}$/)) });

/** Codes of ours that the Actions or Auth0 itself answer with; they keep their meaning. */
const OWN_CODES: readonly ErrorCode[] = [
  'actor_unavailable',
  'actor_mismatch',
  'customer_protected',
  'permission_denied',
  'setactor_required',
  'session_transfer_disabled',
  'step_up_required',
];

const refusalFor = (error: string): Refusal => {
  const own = errorCodeSchema.safeParse(error).data;
  if (own && OWN_CODES.includes(own)) {
    return refuse(own, 'The tenant refused the exchange with this code.');
  }
  switch (error) {
    case 'access_denied':
      return refuse('policy_denied', "The tenant's own rules refused this launch.");
    case 'invalid_client':
    case 'unauthorized_client':
      return refuse(
        'exchange_refused',
        'The tenant does not accept the backend as requesting application.',
      );
    case 'subject_token_expired':
      return refuse('exchange_refused', "The backend's clock and the tenant's differ.");
    default:
      return refuse('exchange_refused', `The tenant answered "${error}".`);
  }
};

/** Whoever cannot be understood may have issued a token all the same. */
const readSuccess = (body: unknown): SessionTransferToken | Refusal => {
  const success = successSchema.safeParse(body);
  if (success.success) {
    const { access_token: token, expires_in: seconds } = success.data;
    return { token, expiresInSeconds: Math.min(seconds, MAX_LIFETIME_SECONDS) };
  }
  if (otherTokenSchema.safeParse(body).success) {
    return refuse('exchange_refused', 'The tenant answered with something else than asked for.');
  }
  throw new TenantUnavailableError('The tenant answered 200 without an OAuth token.');
};

/** Tells whether the tenant did not accept the backend's own credentials, and so looked at nothing else. */
export const isRefusedClient = ({ status, body }: { status: number; body: unknown }): boolean =>
  status === 401 || errorSchema.safeParse(body).data?.error === 'invalid_client';

/**
 * Reads what the token endpoint answered. Branches on `issued_token_type` and `error`, never on
 * `token_type` or a description: any other kind of token is a refusal, never a session transfer token.
 * @see RFC 8693 §2.2; Auth0 "Session Delegation"
 * @throws {TenantUnavailableError} on 5xx, and on an answer that is no OAuth answer: a token may have been issued.
 */
export const readExchangeAnswer = (
  status: number,
  body: unknown,
): SessionTransferToken | Refusal => {
  if (status === 200) {
    return readSuccess(body);
  }
  if (status >= 500) {
    throw new TenantUnavailableError(`The tenant answered ${status}.`);
  }
  if (status === 429) {
    return refuse(
      'rate_limited',
      'The tenant takes no more exchanges from this address for a while.',
    );
  }
  if (status === 401) {
    return refusalFor('invalid_client');
  }
  const failure = errorSchema.safeParse(body);
  if (failure.success) {
    return refusalFor(failure.data.error);
  }
  throw new TenantUnavailableError(`The tenant answered ${status} without an OAuth error.`);
};
