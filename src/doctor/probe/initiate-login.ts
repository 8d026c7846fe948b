import { isLinkLocal } from './link-local.ts';

const MAX_REDIRECTS = 10;
const TIMEOUT_MILLISECONDS = 10_000;

/** What became of two harmless markers that a login URL was opened with. */
export type ProbeResult =
  | {
      /** A redirect to the tenant was seen. It was not followed. */
      readonly kind: 'reached';
      readonly tokenPassedOn: boolean;
      readonly organizationPassedOn: boolean;
      /** `code`, or whatever the app asked the tenant for. */
      readonly responseType: string;
    }
  /** The app answered with a page: its own script would go on. */
  | { readonly kind: 'needs_script' }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a probe may do. */
export type ProbeRules = {
  readonly loginUrl: string;
  /** The app's own origins: redirects are followed within them only. */
  readonly origins: readonly string[];
  /** Hosts of the tenant: the first redirect to one of them ends the probe, and is not requested. */
  readonly tenantHosts: readonly string[];
  /** No session transfer token, and nothing that a tenant knows. */
  readonly markers: { readonly token: string; readonly organization: string };
  readonly fetch: typeof fetch;
  /** Gives the addresses of a host. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
};

const failed = (reason: string): ProbeResult => ({ kind: 'failed', reason });

const refuseAddress = async (url: URL, { resolve }: ProbeRules): Promise<string | undefined> => {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await resolve(host).catch(() => []);
  if (addresses.length === 0) {
    return `${host} has no address here`;
  }
  return addresses.some(isLinkLocal) ? `${host} is a link-local address` : undefined;
};

const seenAt = (url: URL, { markers }: ProbeRules): ProbeResult => ({
  kind: 'reached',
  tokenPassedOn: url.searchParams.get('session_transfer_token') === markers.token,
  organizationPassedOn: url.searchParams.get('organization') === markers.organization,
  responseType: url.searchParams.get('response_type') ?? 'code',
});

/** Opens one address; gives where it leads, or the result that it ends with. */
const open = async (
  url: URL,
  cookies: Map<string, string>,
  rules: ProbeRules,
): Promise<URL | ProbeResult> => {
  const refusal = await refuseAddress(url, rules);
  if (refusal !== undefined) {
    return failed(refusal);
  }
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  let response: Response;
  try {
    response = await rules.fetch(url, {
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie !== '' && { cookie }) },
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
  } catch {
    // Refused, unresolvable or too slow: all are "did not answer".
    return failed(`${url.origin} did not answer`);
  }
  await response.body?.cancel();
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  }
  const location = response.headers.get('location');
  if (location !== null) {
    return URL.parse(location, url) ?? failed(`${url.origin} redirects to no address`);
  }
  return response.ok
    ? { kind: 'needs_script' }
    : failed(`${url.origin} answered ${response.status}`);
};

/**
 * Opens an app's login URL with two markers and looks whether both arrive at the tenant's `/authorize`.
 * Follows redirects within the app's own origins only, and stops at the first one that leads to the tenant
 * without requesting it. Refuses link-local addresses, where clouds keep their credentials.
 */
export const probeLoginUrl = async (rules: ProbeRules): Promise<ProbeResult> => {
  let url = new URL(rules.loginUrl);
  url.searchParams.set('session_transfer_token', rules.markers.token);
  url.searchParams.set('organization', rules.markers.organization);
  const cookies = new Map<string, string>();
  for (let hop = 0; hop < MAX_REDIRECTS; hop += 1) {
    if (!rules.origins.includes(url.origin)) {
      return failed(`it leads to ${url.origin}, which is not the app’s`);
    }
    const next = await open(url, cookies, rules);
    if (!(next instanceof URL)) {
      return next;
    }
    if (rules.tenantHosts.includes(next.host)) {
      return seenAt(next, rules);
    }
    url = next;
  }
  return failed('it redirects without end');
};
