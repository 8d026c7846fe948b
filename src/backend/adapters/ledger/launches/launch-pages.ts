import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { LedgerRow } from '../../../../contract/ledger.ts';
import { launchesTable, ledgerTable, personalTable } from '../schema.ts';
import type { LaunchPage } from './compare-launches.ts';

const PAGE_LAUNCHES = 500;
const BEFORE_ALL_IDS = '00000000-0000-0000-0000-000000000000';

/** As the index has it: what a row says of its launch, not what a table says. */
const launchIdOfRow = sql<string>`((${ledgerTable.content}::jsonb) ->> 'launchId') COLLATE "C"`;

/**
 * Reads the table of launches page by page, each page before its rows: a row that a launch of the page was changed by is
 * always among them, whatever is written meanwhile. The last page has no launch, and the first row of one that the table lacks.
 */
export const readLaunchPages = async function* (
  database: PgDatabase<PgQueryResultHKT>,
  guarded: <T>(work: PromiseLike<T>) => Promise<T>,
): AsyncGenerator<LaunchPage> {
  const rowsBetween = async (after: string, last: string | undefined): Promise<LedgerRow[]> => {
    const query = database
      .select({ row: ledgerTable, fields: personalTable.fields })
      .from(ledgerTable)
      .leftJoin(personalTable, eq(personalTable.seq, ledgerTable.seq))
      .where(
        and(gt(launchIdOfRow, after), last === undefined ? undefined : lte(launchIdOfRow, last)),
      )
      .orderBy(asc(launchIdOfRow), asc(ledgerTable.seq));
    const found = await guarded(last === undefined ? query.limit(1) : query);
    return found.map(({ row, fields }) => ({ ...row, personal: [...(fields ?? [])] }));
  };
  let after = BEFORE_ALL_IDS;
  for (;;) {
    const stored = await guarded(
      database
        .select()
        .from(launchesTable)
        .where(gt(launchesTable.id, after))
        .orderBy(asc(launchesTable.id))
        .limit(PAGE_LAUNCHES),
    );
    const last = stored.at(-1)?.id;
    yield { stored, rows: await rowsBetween(after, last) };
    if (last === undefined) {
      return;
    }
    after = last;
  }
};
