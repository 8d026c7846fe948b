import { stream } from 'hono/streaming';
import type { Ledger } from '../../ports/ledger.ts';
import { OPERATIONS } from '../operations.ts';
import type { Register } from '../register.ts';

/** The whole ledger as NDJSON, one row a line, in order. That somebody exported it is its last row. */
export const addLedgerRoutes = ({ route }: Register, ledger: Ledger): void =>
  route(OPERATIONS.ledger, async ({ c, caller }) => {
    const { agent, agentIp, requestId } = caller;
    await ledger.record({ type: 'ledger_exported', agentId: agent.id, agentIp, requestId });
    c.header('content-type', 'application/x-ndjson');
    return stream(c, async (output) => {
      for await (const row of ledger.rows()) {
        if (output.aborted) {
          return;
        }
        await output.writeln(JSON.stringify(row));
      }
    });
  });
