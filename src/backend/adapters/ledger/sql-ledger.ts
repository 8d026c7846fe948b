import { randomUUID } from 'node:crypto';
import {
  and,
  asc,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  lt,
  lte,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { launchIdSchema } from '../../../contract/ids.ts';
import { ACTIVE_STATES, sourcesOf } from '../../../contract/launch-transitions.ts';
import type { Eraser } from '../../ports/eraser.ts';
import { type Ledger, LedgerUnavailableError } from '../../ports/ledger.ts';
import type { ReadCounts } from '../../ports/read-counts.ts';
import { readCustomerRows } from './customer-rows.ts';
import { DataFolderError } from './data-folder-error.ts';
import { databaseErrorOf } from './database-error.ts';
import { outcomeOfRefusedClaim } from './launches/claim-outcome.ts';
import type { LaunchPage } from './launches/compare-launches.ts';
import { countLaunches, isOpenAt } from './launches/count-launches.ts';
import { describeLaunch } from './launches/describe-launch.ts';
import { readLaunchPages } from './launches/launch-pages.ts';
import { rivalsOf } from './launches/launch-rivals.ts';
import { readSharing } from './launches/shared-sessions.ts';
import { createPolicyVersions } from './policy-versions.ts';
import { createReadCounts } from './read-counts.ts';
import type { AppendStatement, LedgerHead } from './rows/appended-row.ts';
import { claimEntry, progressEntry, standaloneEntry } from './rows/ledger-entry.ts';
import { launchesTable, ledgerTable, personalTable } from './schema.ts';
import { createTreeStore, type TreeStore } from './tree/tree-store.ts';

/** What {@link createSqlLedger} works with. */
export type SqlLedgerOptions = {
  readonly database: PgDatabase<PgQueryResultHKT>;
  /** The database's own way to run a statement: a launch waits for two, and the query builder makes each twice as long. */
  readonly append: AppendStatement;
  /** The same for launches that begin, where a crowd of them must not hold up what others append. Default: `append`. */
  readonly appendClaim?: AppendStatement;
  /** Throws when a write would not last, for instance because the data folder is gone. */
  readonly assertDurable: () => void;
  /** Rejects when the database does not answer. */
  readonly probe: () => Promise<void>;
  /** Told each new head, to be kept outside the database: truncation is found against it. */
  readonly onHead: (head: LedgerHead) => void;
  /** Absent where personal values cannot be erased over this connection or another one. */
  readonly eraser?: Eraser;
  readonly close: () => Promise<void>;
};

/** A ledger that shows what it decides by, so that it can be compared with the chain. */
export type SqlLedger = Ledger &
  ReadCounts & {
    /** The table of launches with the rows that it is made of, in the order of the launches' ids. */
    readonly launchPages: () => AsyncIterable<LaunchPage>;
    readonly tree: TreeStore;
    /** Absent where this connection may not erase. */
    readonly eraser: Eraser | undefined;
  };

const PAGE_ROWS = 1000;
const LIST_LIMIT = 200;
/** Launches whose sessions can appear at one time; far more than a tenant's rate of exchanges allows. */
const LOOK_LIMIT = 5_000;

/** Keeps an error that names the part of the backend that failed; of a database error, only the code is kept. */
const causeOf = (error: unknown): Error =>
  error instanceof DataFolderError ? error : databaseErrorOf(error);

/**
 * A ledger on a database that speaks PostgreSQL. Each append is one statement, so row, personal values
 * and the launch's state are written together or not at all.
 */
export const createSqlLedger = (options: SqlLedgerOptions): SqlLedger => {
  const { database, assertDurable, probe, onHead } = options;
  /** This process, among those that share the database. */
  const holder = randomUUID();

  /** Runs one appending statement; tells the head, or that nothing was appended. */
  const appendBy =
    (run: AppendStatement) =>
    async (...statement: Parameters<AppendStatement>): Promise<boolean> => {
      assertDurable();
      const [head] = (await run(...statement)).rows;
      if (!head) {
        return false;
      }
      onHead({ seq: Number(head.seq), hash: head.hash });
      return true;
    };
  const append = appendBy(options.append);
  const appendClaim = appendBy(options.appendClaim ?? options.append);

  const orUnavailable = async <T>(work: PromiseLike<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw new LedgerUnavailableError('The ledger cannot be written or read.', {
        cause: causeOf(error),
      });
    }
  };

  const selectLaunches = (where: SQL | undefined, limit: number) =>
    database
      .select({ launch: launchesTable, content: ledgerTable.content, personal: personalTable })
      .from(launchesTable)
      .innerJoin(ledgerTable, eq(ledgerTable.seq, launchesTable.firstSeq))
      .leftJoin(personalTable, eq(personalTable.seq, launchesTable.firstSeq))
      .where(where)
      .orderBy(desc(launchesTable.requestedAt))
      .limit(limit);

  const advance: Ledger['advance'] = async (row) => {
    const { content, personal } = progressEntry(row);
    const appended = append('SELECT seq, hash FROM advance_launch($1, $2::jsonb)', [
      content,
      JSON.stringify(personal),
    ]);
    return (await orUnavailable(appended)) ? 'recorded' : 'wrong_state';
  };

  return {
    ...createReadCounts({ database, append, orUnavailable }),
    claim: async (row) => {
      const { content, personal } = claimEntry(row);
      const rivals =
        row.type === 'launch_requested' ? JSON.stringify(rivalsOf(row.launch, row.rival)) : null;
      const limits = JSON.stringify((row.type === 'launch_requested' && row.limits) || {});
      const statement = 'SELECT seq, hash FROM claim_launch($1, $2::jsonb, $3::jsonb, $4::jsonb)';
      try {
        await appendClaim(statement, [content, JSON.stringify(personal), rivals, limits]);
        return 'recorded';
      } catch (error) {
        const outcome = outcomeOfRefusedClaim(error);
        if (outcome) {
          return outcome;
        }
        throw new LedgerUnavailableError('The ledger cannot be written.', {
          cause: causeOf(error),
        });
      }
    },

    advance,

    markInterrupted: async (before, window) => {
      const stale = await orUnavailable(
        database
          .select({ id: launchesTable.id })
          .from(launchesTable)
          .where(
            and(
              inArray(launchesTable.state, [...sourcesOf('interrupted')]),
              lt(launchesTable.requestedAt, before),
            ),
          ),
      );
      for (const { id } of stale) {
        const launchId = launchIdSchema.parse(id);
        await advance({ type: 'launch_interrupted', launchId, requestId: 'start', ...window });
      }
      return stale.length;
    },

    record: async (row) => {
      const { content, personal } = standaloneEntry(row);
      await orUnavailable(
        append('SELECT seq, hash FROM claim_entry($1, $2::jsonb)', [
          content,
          JSON.stringify(personal),
        ]),
      );
    },

    findLaunch: async (id) => {
      const [record] = await orUnavailable(selectLaunches(eq(launchesTable.id, id), 1));
      return record && describeLaunch(record);
    },

    listLookedFor: async (at) => {
      const isUnsettled = inArray(launchesTable.state, [...sourcesOf('unconfirmed')]);
      const where = and(
        isNotNull(launchesTable.lookDueUntil),
        or(gt(launchesTable.lookDueUntil, at), isUnsettled),
      );
      return (await orUnavailable(selectLaunches(where, LOOK_LIMIT))).map(describeLaunch);
    },

    listOpen: async (at) =>
      (await orUnavailable(selectLaunches(isOpenAt(at), LOOK_LIMIT))).map(describeLaunch),

    listExpired: async (at) => {
      const where = and(
        inArray(launchesTable.state, [...ACTIVE_STATES]),
        lte(launchesTable.sessionEndsAt, at),
      );
      return (await orUnavailable(selectLaunches(where, LOOK_LIMIT))).map(describeLaunch);
    },

    listRedeemable: async (from, until) => {
      const where = and(
        gt(launchesTable.redeemableUntil, from),
        lt(launchesTable.requestedAt, until),
      );
      return (await orUnavailable(selectLaunches(where, LOOK_LIMIT))).map(describeLaunch);
    },

    listBySession: async (sessionId) => {
      const found = await orUnavailable(
        database
          .select({ id: launchesTable.id })
          .from(launchesTable)
          .where(eq(launchesTable.sessionId, sessionId)),
      );
      return found.map(({ id }) => launchIdSchema.parse(id));
    },

    listSharing: (sessionIds) => orUnavailable(readSharing(database, sessionIds)),

    holdDuty: async (duty, milliseconds) => {
      const result: unknown = await orUnavailable(
        database.execute(
          sql`SELECT claim_duty(${duty}, ${holder}::uuid, ${milliseconds}::integer) AS held`,
        ),
      );
      return (result as { rows: { held: boolean }[] }).rows[0]?.held === true;
    },

    listLaunches: async ({ agentId, activeAt }) => {
      const where = and(
        agentId && eq(launchesTable.agentId, agentId),
        activeAt && or(isOpenAt(activeAt), gt(launchesTable.lookDueUntil, activeAt)),
      );
      const records = await orUnavailable(selectLaunches(where, LIST_LIMIT));
      return records.map((record) => describeLaunch(record).launch);
    },

    countLaunches: (agentId, at, replaced) =>
      orUnavailable(countLaunches(database, agentId, at, replaced)),

    ...createPolicyVersions({ database, orUnavailable, assertDurable, onHead }),

    async *rows(start = 0) {
      let after = start;
      for (;;) {
        const page = await orUnavailable(
          database
            .select({ row: ledgerTable, fields: personalTable.fields })
            .from(ledgerTable)
            .leftJoin(personalTable, eq(personalTable.seq, ledgerTable.seq))
            .where(gt(ledgerTable.seq, after))
            .orderBy(asc(ledgerTable.seq))
            .limit(PAGE_ROWS),
        );
        const last = page.at(-1);
        if (!last) {
          return;
        }
        for (const { row, fields } of page) {
          yield { ...row, personal: [...(fields ?? [])] };
        }
        after = last.row.seq;
      }
    },

    rowsOfCustomer: (customerId, since) =>
      orUnavailable(readCustomerRows(database, customerId, since)),

    launchPages: () => readLaunchPages(database, orUnavailable),
    tree: createTreeStore(database, orUnavailable),
    eraser: options.eraser,

    assertWritable: () =>
      orUnavailable(
        (async () => {
          assertDurable();
          await probe();
        })(),
      ),
    close: options.close,
  };
};
