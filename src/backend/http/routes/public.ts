import { Hono } from 'hono';
import type { JWK } from 'jose';
import type { Discovery } from '../../../contract/discovery.ts';
import type { HttpEnvironment } from '../environment.ts';
import { openApiDocument } from '../open-api.ts';
import { OPERATIONS } from '../operations.ts';

/** `ready`, or what is in the way. A load balancer wants no more; the cause is in the log. */
export type Readiness = 'ready' | 'shutting_down' | 'ledger_unavailable' | 'tenant_unverified';

export type PublicRoutesOptions = {
  readonly discovery: Discovery;
  /** The public keys that verify subject tokens. */
  readonly keys: readonly JWK[];
  /** Whether launches can be served now, and if not, why. */
  readonly readiness: () => Promise<Readiness>;
};

/** What needs no access token: discovery, keys, the API's description, health. */
export const publicRoutes = ({ discovery, keys, readiness }: PublicRoutesOptions) => {
  const openApi = openApiDocument(discovery.audience, discovery.version);
  return new Hono<HttpEnvironment>()
    .get(OPERATIONS.discovery.path, (c) => c.json(discovery))
    .get('/.well-known/jwks.json', (c) => c.json({ keys }))
    .get('/openapi.json', (c) => c.json(openApi))
    .get('/healthz', (c) => c.json({ status: 'ok' }))
    .get('/readyz', async (c) => {
      const status = await readiness();
      return c.json({ status }, status === 'ready' ? 200 : 503);
    });
};
