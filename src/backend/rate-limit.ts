import type { Clock } from './ports/clock.ts';

/** How much is allowed: `burst` at once, refilled evenly over `perMilliseconds`. */
export type RateLimit = { readonly burst: number; readonly perMilliseconds: number };

/** Keys beyond this are forgotten, the longest unused first, so that memory stays bounded. */
const MAX_KEYS = 10_000;

/**
 * A token bucket for each key: tells whether one more is within the limit, and counts it if so. Kept in
 * memory, so each replica counts for itself.
 */
export const createRateLimiter = (limit: RateLimit, clock: Clock) => {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (key: string): boolean => {
    const now = clock().getTime();
    const bucket = buckets.get(key) ?? { tokens: limit.burst, at: now };
    const refill = ((now - bucket.at) / limit.perMilliseconds) * limit.burst;
    const tokens = Math.min(limit.burst, bucket.tokens + Math.max(0, refill));
    const allowed = tokens >= 1;
    buckets.delete(key);
    buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now });
    if (buckets.size > MAX_KEYS) {
      const [oldest] = buckets.keys();
      if (oldest !== undefined) {
        buckets.delete(oldest);
      }
    }
    return allowed;
  };
};
