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
  const result: unknown = await database.execute(sql`
    WITH named AS (
      SELECT ledger.seq, (ledger.content::jsonb) ->> 'launchId' AS launch_id
      FROM ledger_customers JOIN ledger USING (seq)
      WHERE customer_id = ${customerId} AND recorded_at COLLATE "C" >= ${from}
    ), about AS (
      SELECT seq FROM named
      UNION
      SELECT later.seq FROM named
      JOIN ledger later ON ((later.content::jsonb) ->> 'launchId') COLLATE "C" = named.launch_id
    )
    SELECT ledger.seq, hash_version AS "hashVersion", recorded_at AS "recordedAt", content,
      previous_hash AS "previousHash", hash, COALESCE(fields, '[]') AS personal
    FROM about JOIN ledger USING (seq) LEFT JOIN ledger_personal USING (seq)
    ORDER BY ledger.seq`);
  return (result as { rows: Found[] }).rows.map((row) => ({ ...row, seq: Number(row.seq) }));
};
