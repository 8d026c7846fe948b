import type { Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { managementError } from './management-error.ts';

/**
 * The Management API's rate limit: a bucket that holds `managementBurst` calls and is filled at
 * `managementCallsPerSecond`. Every answer says how many calls the bucket holds, how many are left, and when it
 * will be full, in UNIX seconds; what finds it empty is 429. The levers of the sandbox are not Auth0's and cost nothing.
 *
 * @see Auth0, "Rate Limit Policy", HTTP response headers; "Management API Endpoint Rate Limits", buckets
 */
export const rateLimit = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { conditions, memory, clock } = context;

  app.use('/api/v2/*', async (c, next) => {
    if (c.req.path.startsWith('/api/v2/sandbox/')) {
      return next();
    }
    const { managementBurst: size, managementCallsPerSecond: perSecond } = conditions;
    const now = clock();
    const { left, filledAt } = memory.managementBucket ?? { left: size, filledAt: now };
    const available = Math.min(size, left + ((now - filledAt) / 1000) * perSecond);
    const isAllowed = available >= 1;
    const rest = isAllowed ? available - 1 : available;
    memory.managementBucket = { left: rest, filledAt: now };
    if (isAllowed) {
      await next();
    } else {
      c.res = managementError(c, 429, 'Global limit has been reached', 'too_many_requests');
    }
    c.header('x-ratelimit-limit', String(size));
    c.header('x-ratelimit-remaining', String(Math.floor(rest)));
    c.header('x-ratelimit-reset', String(Math.ceil(now / 1000 + (size - rest) / perSecond)));
    return undefined;
  });
};
