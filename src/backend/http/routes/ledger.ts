import { stream } from 'hono/streaming';
import * as z from 'zod/mini';
import type { LaunchDependencies } from '../../launch/dependencies.ts';
import type { LedgerProofs } from '../../ports/ledger-proofs.ts';
import { refuse } from '../../refusal.ts';
import { OPERATIONS } from '../operations.ts';
import type { Register } from '../register.ts';

/** What {@link addLedgerRoutes} works with. */
export type LedgerRoutesOptions = {
  readonly launch: Pick<LaunchDependencies, 'ledger'>;
  /** Absent where the backend signs no checkpoints. */
  readonly proofs: LedgerProofs | undefined;
};

const sizeSchema = z.coerce.number().check(z.int(), z.minimum(1));

const UNSIGNED = refuse('ledger_unavailable', 'This ledger has no signed checkpoint.');

/** The whole ledger as NDJSON, one row a line, in order; that somebody exported it is its last row. And its signed state. */
export const addLedgerRoutes = (
  { route }: Register,
  { launch: { ledger }, proofs }: LedgerRoutesOptions,
): void => {
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

  route(OPERATIONS.ledgerCheckpoint, async ({ c }) => {
    const asked = c.req.query('from');
    const from = asked === undefined ? undefined : sizeSchema.safeParse(asked);
    if (from?.success === false) {
      return refuse('invalid_request', '"from" must be the number of rows of a checkpoint.');
    }
    const signed = await proofs?.checkpoint();
    if (!proofs || !signed) {
      return UNSIGNED;
    }
    if (from && from.data > signed.size) {
      return refuse('invalid_request', `The newest checkpoint has ${signed.size} rows only.`);
    }
    return {
      checkpoint: signed.note,
      key: proofs.key,
      ...(from && { consistency: [...(await proofs.consistency(from.data, signed))] }),
    };
  });
};
