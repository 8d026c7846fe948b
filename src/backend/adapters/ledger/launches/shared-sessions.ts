import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import * as z from 'zod/mini';
import { type LaunchId, launchIdSchema } from '../../../../contract/ids.ts';
import { ledgerTable } from '../schema.ts';

const sharedSchema = z.array(z.object({ session_id: z.string(), launch_id: launchIdSchema }));

/** Reads which launches each session was recorded for as one of several that can have made it. */
export const readSharing = async (
  database: PgDatabase<PgQueryResultHKT>,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly LaunchId[]>> => {
  const sharing = new Map<string, LaunchId[]>();
  if (sessionIds.length === 0) {
    return sharing;
  }
  // The condition is that of the index `ledger_shared_sessions`, word for word.
  const result: unknown = await database.execute(sql`
    SELECT DISTINCT content::jsonb ->> 'sessionId' AS session_id, content::jsonb ->> 'launchId' AS launch_id
    FROM ${ledgerTable}
    WHERE (content::jsonb) ? 'ambiguous'
      AND (content::jsonb) ->> 'sessionId' IN (${sql.join(
        sessionIds.map((id) => sql`${id}`),
        sql`, `,
      )})`);
  for (const row of sharedSchema.parse((result as { rows: unknown }).rows)) {
    sharing.set(row.session_id, [...(sharing.get(row.session_id) ?? []), row.launch_id]);
  }
  return sharing;
};
