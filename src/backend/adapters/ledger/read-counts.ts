import { type SQL, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import * as z from 'zod/mini';
import { agentIdSchema } from '../../../contract/ids.ts';
import type { ReadCounts } from '../../ports/read-counts.ts';
import type { AppendStatement } from './rows/appended-row.ts';
import { readsEntry, storable } from './rows/ledger-entry.ts';

/** What {@link createReadCounts} works with. */
export type ReadCountsOptions = {
  readonly database: PgDatabase<PgQueryResultHKT>;
  /** Runs a statement that appends one row or none; tells whether it did. */
  readonly append: (...statement: Parameters<AppendStatement>) => Promise<boolean>;
  /** Turns what goes wrong into {@link LedgerUnavailableError}. */
  readonly orUnavailable: <T>(work: PromiseLike<T>) => Promise<T>;
};

const totalsSchema = z.array(
  z.object({ agent: agentIdSchema, of_hour: z.coerce.date(), customers: z.int() }),
);

const hoursSchema = z.array(
  z.object({
    agent_id: agentIdSchema,
    hour: z.coerce.date(),
    searches: z.int(),
    revision: z.int(),
    customers: z.int(),
    opened: z.array(z.string()),
  }),
);

/** The counts of reads in a database that speaks PostgreSQL. */
export const createReadCounts = (options: ReadCountsOptions): ReadCounts => {
  const { database, append, orUnavailable } = options;

  const rowsOf = async (statement: SQL): Promise<unknown> => {
    const result: unknown = await orUnavailable(database.execute(statement));
    return (result as { rows: unknown }).rows;
  };

  return {
    countReads: async (reads) => {
      const listed = reads.map((one) => ({
        ...one,
        agentId: storable(one.agentId),
        hour: one.hour.toISOString(),
        seen: one.seen.map(storable),
        opened: one.opened.map(storable),
      }));
      const totals = await rowsOf(
        sql`SELECT agent, of_hour, customers FROM claim_reads(${JSON.stringify(listed)}::jsonb)`,
      );
      return totalsSchema.parse(totals).map(({ agent, of_hour, customers }) => ({
        agentId: agent,
        hour: of_hour,
        customers,
      }));
    },

    closeReads: async (before) => {
      const over = await rowsOf(sql`SELECT agent_id, hour, searches, revision,
          count(customer_id)::integer AS customers,
          COALESCE(jsonb_agg(customer_id ORDER BY customer_id) FILTER (WHERE opened), '[]') AS opened
        FROM read_hours LEFT JOIN read_customers USING (agent_id, hour)
        WHERE hour < ${before.toISOString()}::timestamptz
        GROUP BY agent_id, hour, searches, revision ORDER BY hour, agent_id`);
      let closed = 0;
      for (const { agent_id, hour, searches, revision, customers, opened } of hoursSchema.parse(
        over,
      )) {
        const { content, personal } = readsEntry({
          agentId: agent_id,
          hour,
          searches,
          customersSeen: customers,
          opened,
        });
        const appended = await orUnavailable(
          append(
            'SELECT seq, hash FROM claim_read_hour($1, $2::timestamptz, $3::integer, $4, $5::jsonb)',
            [agent_id, hour.toISOString(), revision, content, JSON.stringify(personal)],
          ),
        );
        closed += appended ? 1 : 0;
      }
      return closed;
    },
  };
};
