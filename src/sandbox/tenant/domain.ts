/** One host name under which the tenant answers; sessions and issuers are kept apart by it. */
export type TenantDomain = {
  /** Scheme, host and port without a slash. */
  origin: string;
  /** Issuer identifier: the origin with a trailing slash, as Auth0 writes it. */
  issuer: string;
  /** Host name without the port. */
  hostname: string;
  /** The `audience` that asks for a session transfer token at this domain. */
  sessionTransferAudience: string;
};

export type TenantDomains = {
  custom: readonly TenantDomain[];
  /** The domain of the Management API; never a customer's. */
  canonical: TenantDomain;
};

const toDomain = (origin: string): TenantDomain => {
  const url = new URL(origin);
  return {
    origin: url.origin,
    issuer: `${url.origin}/`,
    hostname: url.hostname,
    sessionTransferAudience: `urn:${url.hostname}:session_transfer`,
  };
};

/** Describes custom domains and the canonical one from their origins. */
export const describeDomains = (
  customOrigins: readonly string[],
  canonicalOrigin: string,
): TenantDomains => ({
  custom: customOrigins.map(toDomain),
  canonical: toDomain(canonicalOrigin),
});

/** All domains, the canonical one last. */
export const everyDomain = (domains: TenantDomains): readonly TenantDomain[] => [
  ...domains.custom,
  domains.canonical,
];

/** Finds the domain that a request came to, by scheme, host and port; no other host is ours. */
export const domainOfRequest = (domains: TenantDomains, url: string): TenantDomain | undefined => {
  const { origin } = new URL(url);
  return everyDomain(domains).find((domain) => domain.origin === origin);
};

/** The audience of Management API tokens: always of the canonical domain. */
export const managementAudience = (domains: TenantDomains): string =>
  `${domains.canonical.origin}/api/v2/`;
