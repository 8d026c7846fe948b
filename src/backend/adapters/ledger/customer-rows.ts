import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { CustomerId } from '../../../contract/ids.ts';
import type { LedgerRow } from '../../../contract/ledger.ts';

type Found = Omit<LedgerRow, 'seq'> & { readonly seq: number | string };

/** Reads all rows about a customer in order, see the port. Whatever the size of the ledger, it reads those rows alone. */
export const readCustomerRows = async (
  database: PgDatabase<PgQueryResultHKT>,
  customerId: CustomerId,
  since: Date,
): Promise<readonly LedgerRow[]> => {
  // As `recorded_at` is written, up to where that has microseconds.
  const from = since.toISOString().slice(0, -1);
  // OFFSET 0 has each row found by its index: the planner takes a launch for having thousands of rows, and reads them all.
  const result: unknown = await database.execute(sql`
    WITH named AS (
      SELECT ledger.seq, (ledger.content::jsonb) ->> 'launchId' AS launch_id
      FROM ledger_customers JOIN ledger USING (seq)
      WHERE customer_id = ${customerId} AND recorded_at COLLATE "C" >= ${from}
    ), about AS (
      SELECT seq FROM named
      UNION
      SELECT later.seq FROM named CROSS JOIN LATERAL (
        SELECT seq FROM ledger
        WHERE ((content::jsonb) ->> 'launchId') COLLATE "C" = named.launch_id OFFSET 0
      ) AS later
    )
    SELECT found.seq, hash_version AS "hashVersion", recorded_at AS "recordedAt", content,
      previous_hash AS "previousHash", hash, COALESCE(fields, '[]') AS personal
    FROM about
    CROSS JOIN LATERAL (SELECT * FROM ledger WHERE ledger.seq = about.seq OFFSET 0) AS found
    LEFT JOIN LATERAL (SELECT fields FROM ledger_personal WHERE ledger_personal.seq = about.seq OFFSET 0)
      AS beside ON true
    ORDER BY found.seq`);
  return (result as { rows: Found[] }).rows.map((row) => ({ ...row, seq: Number(row.seq) }));
};
