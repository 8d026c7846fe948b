import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { SqlLedger } from '../../../src/backend/adapters/ledger/sql-ledger.ts';
import { type Answer, isLost } from './chaos-run.ts';
import type { Exchange } from './faulty-tenant.ts';

const contentSchema = z.object({
  type: z.string(),
  launchId: z.optional(z.string()),
  code: z.optional(z.string()),
  tokenSha256Prefix: z.optional(z.string()),
  lookDueUntil: z.optional(z.string()),
  replacedBy: z.optional(z.string()),
});

/** A row of a launch, as far as it says what became of a token. */
export type LaunchRow = z.infer<typeof contentSchema> & { readonly recordedAt: number };

/** The rows of each launch, in order. Rows that only mention a launch's id are left out. */
export const rowsByLaunch = async (
  ledger: Pick<SqlLedger, 'rows'>,
): Promise<ReadonlyMap<string, readonly LaunchRow[]>> => {
  const rows = new Map<string, LaunchRow[]>();
  for await (const { content, recordedAt } of ledger.rows()) {
    const row = { ...contentSchema.parse(JSON.parse(content)), recordedAt: Date.parse(recordedAt) };
    if (row.launchId !== undefined && row.type.startsWith('launch_')) {
      rows.set(row.launchId, [...(rows.get(row.launchId) ?? []), row]);
    }
  }
  return rows;
};

/** All that was seen of one launch: by the client, by the wire to the tenant, and by the ledger. */
export type SeenLaunch = {
  readonly answers: readonly Answer[];
  readonly exchange: Exchange | undefined;
  readonly rows: readonly LaunchRow[];
};

/** What became of a launch. */
export type Explanation =
  | 'given'
  | 'issued, and the answer was lost'
  | 'failed as the tenant did'
  | 'interrupted by a kill'
  | 'replaced while its token was asked for'
  | 'refused'
  | 'never begun'
  | 'unexplained';

/** The ledger's mark of a token. */
export const prefixOf = (token: string): string =>
  createHash('sha256').update(token).digest('hex').slice(0, 16);

/** Finds the one reason for which a launch may stand where it stands; `unexplained` where none of them fits. */
export const explainLaunch = ({ answers, exchange, rows }: SeenLaunch): Explanation => {
  const row = (type: string) => rows.find((each) => each.type === type);
  const given = answers.flatMap((answer) => (answer === 'cut' ? [] : (answer.token ?? [])));
  const wasLost = answers.some(isLost);
  const issued = row('launch_issued');
  const failed = row('launch_failed');
  const interrupted = row('launch_interrupted');
  if (rows.length === 0) {
    return wasLost && !exchange && given.length === 0 ? 'never begun' : 'unexplained';
  }
  if (row('launch_refused')) {
    return !exchange && given.length === 0 && rows.length === 1 ? 'refused' : 'unexplained';
  }
  if (issued) {
    const isRecorded = exchange?.given && issued.tokenSha256Prefix === prefixOf(exchange.given);
    if (!isRecorded || given.some((token) => token !== exchange.given)) {
      return 'unexplained';
    }
    return given.length === 1
      ? 'given'
      : wasLost
        ? 'issued, and the answer was lost'
        : 'unexplained';
  }
  if (given.length > 0) {
    return 'unexplained';
  }
  if (failed) {
    // Where a token may exist, the tenant's log is searched for a session of it.
    const isLookedFor = failed.lookDueUntil !== undefined;
    const knowsOfToken = exchange?.issued !== undefined && exchange.fault !== 'another_kind';
    const isTenants = exchange !== undefined && exchange.given === undefined;
    return isTenants && (isLookedFor || !knowsOfToken) ? 'failed as the tenant did' : 'unexplained';
  }
  if (interrupted && wasLost) {
    return 'interrupted by a kill';
  }
  const wasTold = answers.some(
    (answer) => answer !== 'cut' && answer.code === 'launch_state_conflict',
  );
  return interrupted?.replacedBy && wasTold
    ? 'replaced while its token was asked for'
    : 'unexplained';
};
