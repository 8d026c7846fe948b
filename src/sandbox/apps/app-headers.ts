/**
 * Headers of every page of the target apps and the CRM: no referrer, no foreign resource, no cache.
 * The tenant's origin may be connected to and framed where an app signs on in the browser.
 */
export const appHeaders = (tenantOrigin?: string): Record<string, string> => ({
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self'${tenantOrigin ? ` ${tenantOrigin}` : ''}`,
    `frame-src ${tenantOrigin ?? "'none'"}`,
    `form-action 'self'`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
});
