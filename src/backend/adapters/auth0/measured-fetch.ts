/** One finished call to the tenant. */
export type TenantCall = {
  /** `token`, or the Management API's kind of resource: `users`, `logs`, `sessions`, and so on. */
  readonly resource: string;
  /** The HTTP status, or `none` where there was no answer. */
  readonly status: string;
  readonly seconds: number;
  /** What the tenant says is left of its rate limit, where it says so. */
  readonly rateRemaining?: number;
};

/** The kind of resource that a path names; never an id, which would tell who was looked up. */
const resourceOf = (pathname: string): string => {
  if (pathname === '/oauth/token') {
    return 'token';
  }
  return /^\/api\/v2\/([a-z-]+)/.exec(pathname)?.[1] ?? 'other';
};

const remainingOf = (response: Response): { readonly rateRemaining?: number } => {
  const header = response.headers.get('x-ratelimit-remaining');
  return header === null || !/^\d+$/.test(header) ? {} : { rateRemaining: Number(header) };
};

/**
 * Sends as `send` does and tells `observe` of each call when its headers have arrived or it failed.
 * @see Auth0 "Rate Limit Configurations": `x-ratelimit-remaining`
 */
export const measureFetch =
  (send: typeof fetch, observe: (call: TenantCall) => void): typeof fetch =>
  async (input, init) => {
    const url = input instanceof Request ? input.url : input;
    const resource = resourceOf(new URL(url).pathname);
    const startedAt = performance.now();
    const seconds = () => (performance.now() - startedAt) / 1000;
    try {
      const response = await send(input, init);
      const status = String(response.status);
      observe({ resource, status, seconds: seconds(), ...remainingOf(response) });
      return response;
    } catch (error) {
      observe({ resource, status: 'none', seconds: seconds() });
      throw error;
    }
  };
