import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JWKSCacheInput,
  type JWTVerifyGetKey,
  jwksCache,
} from 'jose';
import * as z from 'zod/mini';
import { type ActionSecrets, requireSecret, SecretError } from '../secrets.ts';

const TIMEOUT_MILLISECONDS = 3_000;
/** How long fetched keys are used before they are fetched again, unless a token names another key. */
const MAX_AGE_MILLISECONDS = 10 * 60 * 1000;
/** How long after a fetch no further one is made, whatever keys tokens name. */
const COOLDOWN_MILLISECONDS = 30_000;
const CACHE_KEY = 'subject-token-keys';

/** The Action's cache. Auth0 may drop an entry at any time, and shares none between its servers. */
export type ActionCache = {
  readonly get: (key: string) => { readonly value: string } | undefined;
  readonly set: (key: string, value: string, options: { readonly ttl: number }) => unknown;
};

/** The keys are not to be had at their address: nothing is proven about any token. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

const cachedSchema = z.object({
  address: z.string(),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
  uat: z.number(),
});

const readCached = (cache: ActionCache, address: string): JWKSCacheInput => {
  try {
    const { value } = cache.get(CACHE_KEY) ?? { value: '' };
    const { jwks, uat, ...cached } = cachedSchema.parse(JSON.parse(value));
    return cached.address === address ? { jwks, uat } : {};
  } catch {
    // Nothing is cached, or nothing that was written here: the keys are fetched.
    return {};
  }
};

/** Failures that say something about the token, not about the address. */
const isAboutTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

/**
 * Gives keys that are fetched from one fixed address and kept in the Action's cache for ten minutes. A token
 * that names another key has them fetched again, at most twice a minute.
 * @see Auth0 documentation, "JSON Web Key Sets", on caching
 */
const fetchedKeys = (address: string, cache: ActionCache): JWTVerifyGetKey => {
  const kept = readCached(cache, address);
  const keys = createRemoteJWKSet(new URL(address), {
    timeoutDuration: TIMEOUT_MILLISECONDS,
    cacheMaxAge: MAX_AGE_MILLISECONDS,
    cooldownDuration: COOLDOWN_MILLISECONDS,
    [jwksCache]: kept,
  });
  return async (header, token) => {
    const { uat } = kept;
    try {
      return await keys(header, token);
    } catch (cause) {
      throw isAboutTheToken(cause)
        ? cause
        : new KeysUnavailableError('The keys of subject tokens cannot be fetched.', { cause });
    } finally {
      if (kept.uat !== uat) {
        const value = JSON.stringify({ address, ...kept });
        cache.set(CACHE_KEY, value, { ttl: MAX_AGE_MILLISECONDS });
      }
    }
  };
};

const LOCAL = /(?:^|\.)localhost$/;

/** An address that somebody on the way could answer for would let them sign. */
const isSafe = (address: string): boolean => {
  const url = URL.parse(address);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL.test(url.hostname));
};

/**
 * Reads the keys that verify subject tokens: `SUBJECT_TOKEN_JWKS`, pinned, or else what
 * `SUBJECT_TOKEN_JWKS_URI` leads to, on https (http only on localhost).
 * @throws {SecretError} when neither is there, or the address is not safe.
 * @throws {SyntaxError} when the pinned text is no JSON, `JWKSInvalid` when it is no JWK set.
 */
export const subjectTokenKeys = (secrets: ActionSecrets, cache: ActionCache): JWTVerifyGetKey => {
  const pinned = secrets['SUBJECT_TOKEN_JWKS'];
  if (pinned) {
    return createLocalJWKSet(JSON.parse(pinned));
  }
  const address = requireSecret(secrets, 'SUBJECT_TOKEN_JWKS_URI');
  if (!isSafe(address)) {
    throw new SecretError('The secret SUBJECT_TOKEN_JWKS_URI must be an address on https.');
  }
  return fetchedKeys(address, cache);
};
