import type { Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import { requireScope } from '../require-scope.ts';

/**
 * The custom domains that the tenant answers under, all of them verified; read only, for a domain of
 * the sandbox needs a server.
 *
 * @see Auth0 Management API v2, Custom Domains
 */
export const customDomainRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const domains = context.domains.custom.map(({ origin }, index) => ({
    custom_domain_id: `cd_${index}`,
    domain: new URL(origin).host,
    primary: index === 0,
    is_default: index === 0,
    status: 'ready',
    type: 'self_managed_certs',
    tls_policy: 'recommended',
    domain_metadata: {},
  }));
  app.get('/api/v2/custom-domains', requireScope(context, 'read:custom_domains'), (c) =>
    c.json(domains),
  );
};
