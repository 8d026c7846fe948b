import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import type { AgentId } from '../../../contract/ids.ts';
import type { Ledger } from '../../ports/ledger.ts';
import { limitRate, requirePermission } from '../authenticate.ts';
import type { HttpEnvironment } from '../environment.ts';

/** The whole ledger as NDJSON, one row a line, in order. */
export const ledgerRoutes = (ledger: Ledger, withinRate: (agentId: AgentId) => boolean) =>
  new Hono<HttpEnvironment>()
    .use('/v1/ledger', limitRate(withinRate), requirePermission('read:ledger', ledger))
    .get('/v1/ledger', (c) => {
      c.header('content-type', 'application/x-ndjson');
      return stream(c, async (output) => {
        for await (const row of ledger.rows()) await output.writeln(JSON.stringify(row));
      });
    });
