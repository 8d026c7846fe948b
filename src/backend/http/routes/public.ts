import { Hono } from 'hono';
import type { JWK } from 'jose';
import type { Discovery } from '../../../contract/discovery.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { HttpEnvironment } from '../environment.ts';
import { openApiDocument } from '../open-api.ts';
import { OPERATIONS } from '../operations.ts';

export type PublicRoutesOptions = {
  readonly discovery: Discovery;
  /** The public keys that verify subject tokens. */
  readonly keys: readonly JWK[];
  readonly ledger: Pick<Ledger, 'assertWritable'>;
};

/** What needs no access token: discovery, keys, the API's description, health. */
export const publicRoutes = ({ discovery, keys, ledger }: PublicRoutesOptions) => {
  const openApi = openApiDocument(discovery.audience, discovery.version);
  return new Hono<HttpEnvironment>()
    .get(OPERATIONS.discovery.path, (c) => c.json(discovery))
    .get('/.well-known/jwks.json', (c) => c.json({ keys }))
    .get('/openapi.json', (c) => c.json(openApi))
    .get('/healthz', (c) => c.json({ status: 'ok' }))
    .get('/readyz', async (c) => {
      try {
        await ledger.assertWritable();
        return c.json({ status: 'ready' });
      } catch {
        // The caller is a load balancer: it wants the status; the cause is logged where a launch fails.
        return c.json({ status: 'ledger_unavailable' }, 503);
      }
    });
};
