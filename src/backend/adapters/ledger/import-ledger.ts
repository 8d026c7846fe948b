import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { LedgerRow } from '../../../contract/ledger.ts';
import { databaseErrorOf } from './database-error.ts';
import type { LedgerHead } from './rows/appended-row.ts';
import { LedgerExportError } from './rows/ledger-export.ts';
import { createSqlLedger } from './sql-ledger.ts';
import { verifyLedger } from './verification/verify-ledger.ts';

/** Nothing was imported. The message says why. */
export class LedgerImportError extends Error {
  override readonly name = 'LedgerImportError';
}

const BATCH_ROWS = 1000;

const batchesOf = async function* (rows: AsyncIterable<LedgerRow>): AsyncGenerator<LedgerRow[]> {
  let batch: LedgerRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length === BATCH_ROWS) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) {
    yield batch;
  }
};

type Database = PgDatabase<PgQueryResultHKT>;

const insert = async (database: Database, batch: readonly LedgerRow[]): Promise<void> => {
  const json = JSON.stringify(batch);
  await database.execute(sql`INSERT INTO ledger (seq, hash_version, recorded_at, content, previous_hash, hash)
    SELECT "seq", "hashVersion", "recordedAt", "content", "previousHash", "hash"
    FROM jsonb_to_recordset(${json}::jsonb) AS row
      ("seq" bigint, "hashVersion" integer, "recordedAt" text, "content" text, "previousHash" text, "hash" text)`);
  await database.execute(sql`SELECT keep_personal("seq", "personal")
    FROM jsonb_to_recordset(${json}::jsonb) AS row ("seq" bigint, "personal" jsonb)`);
  // In the order of the rows, for each step begins where the one before it left the launch.
  await database.execute(sql`SELECT project_launch_row(ledger, COALESCE(
      (SELECT value ->> 'value' FROM jsonb_array_elements(fields) AS value WHERE value ->> 'field' = 'agentId'),
      content::jsonb ->> 'agentId', '(erased)'))
    FROM (SELECT ledger, content, fields FROM ledger LEFT JOIN ledger_personal USING (seq)
      WHERE seq >= ${batch[0]?.seq ?? 0} AND seq <= ${batch.at(-1)?.seq ?? 0} ORDER BY seq) AS batch`);
};

/** Holds what now stands in the database against the chain and the noted head. */
const check = async (database: Database, head: LedgerHead | undefined): Promise<LedgerHead> => {
  const ledger = createSqlLedger({
    database,
    append: () => Promise.reject(new Error('A check appends nothing.')),
    assertDurable: () => undefined,
    probe: async () => undefined,
    onHead: () => undefined,
    close: async () => undefined,
  });
  const verdict = await verifyLedger(ledger, { head });
  if (!verdict.intact) {
    throw new LedgerImportError(`Row ${verdict.row} is broken: ${verdict.problem}.`);
  }
  if (!verdict.head) {
    throw new LedgerImportError('There is not a single row to import.');
  }
  return verdict.head;
};

/**
 * Puts the rows of another ledger into an empty one, as they are: numbers, times and hashes stay. All of it is
 * verified before it counts; on any problem the ledger stays empty. Connects as the owner, for no other role could
 * write a hash.
 * @throws {LedgerImportError | LedgerExportError}
 */
export const importLedger = async (
  database: Database,
  rows: AsyncIterable<LedgerRow>,
  head?: LedgerHead,
): Promise<LedgerHead> => {
  try {
    return await database.transaction(async (transaction) => {
      await transaction.execute(sql`LOCK TABLE ledger IN ACCESS EXCLUSIVE MODE`);
      const existing: unknown = await transaction.execute(sql`SELECT 1 FROM ledger LIMIT 1`);
      if ((existing as { rows: unknown[] }).rows.length > 0) {
        throw new LedgerImportError('The ledger to import into has rows already.');
      }
      await transaction.execute(sql`ALTER TABLE ledger DISABLE TRIGGER ledger_chain`);
      for await (const batch of batchesOf(rows)) {
        await insert(transaction, batch);
      }
      await transaction.execute(sql`ALTER TABLE ledger ENABLE ALWAYS TRIGGER ledger_chain`);
      // Without statistics the planner takes the tables for empty, and reads all of the ledger for each page of launches.
      await transaction.execute(sql`ANALYZE ledger, ledger_personal, launches, ledger_customers`);
      return check(transaction, head);
    });
  } catch (error) {
    if (error instanceof LedgerImportError || error instanceof LedgerExportError) {
      throw error;
    }
    const cause = databaseErrorOf(error);
    throw new LedgerImportError(`The rows cannot be imported: ${cause.message}`, { cause });
  }
};
