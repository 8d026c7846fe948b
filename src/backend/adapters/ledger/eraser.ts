import { type SQL, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { type Eraser, type ErasureRefusal, TooRecentError } from '../../ports/eraser.ts';
import { LedgerUnavailableError } from '../../ports/ledger.ts';
import { databaseErrorOf } from './database-error.ts';
import type { LedgerHead } from './rows/appended-row.ts';
import { erasureEntry } from './rows/ledger-entry.ts';

/** The SQLSTATEs of `migrations/0004_erasures.sql`. */
const REFUSALS: Readonly<Record<string, ErasureRefusal>> = {
  UE001: 'involved',
  UE002: 'same_person',
  UE003: 'too_early',
  UE004: 'unknown',
  UE005: 'session_open',
};

type Answer = {
  readonly head_seq: number | string;
  readonly head_hash: string;
  readonly due?: Date | string;
  readonly erased_values?: number | string;
};

/** Makes an eraser on a connection whose role may call `erase_*`. */
export const createEraser = (
  database: PgDatabase<PgQueryResultHKT>,
  onHead: (head: LedgerHead) => void,
): Eraser => {
  const call = async (statement: SQL): Promise<Answer | ErasureRefusal | undefined> => {
    try {
      const result: unknown = await database.execute(statement);
      const [answer] = (result as { rows: Answer[] }).rows;
      if (answer) {
        onHead({ seq: Number(answer.head_seq), hash: answer.head_hash });
      }
      return answer;
    } catch (error) {
      const cause = databaseErrorOf(error);
      const refusal = REFUSALS[cause.code];
      if (refusal !== undefined) {
        return refusal;
      }
      throw new LedgerUnavailableError('The ledger cannot be written.', { cause });
    }
  };
  return {
    request: async (erasureId, customerId, { agentId, agentIp, requestId }) => {
      const { content, personal } = erasureEntry(
        { type: 'erasure_requested', erasureId, requestId },
        { customerId, agentId, agentIp },
      );
      const answer = await call(
        sql`SELECT * FROM erase_request(${content}, ${JSON.stringify(personal)}::jsonb)`,
      );
      return typeof answer === 'string' ? answer : { confirmableFrom: new Date(answer?.due ?? 0) };
    },
    confirm: async (erasureId, { agentId, agentIp, requestId }) => {
      const { content, personal } = erasureEntry(
        { type: 'personal_erased', erasureId, erased: [], requestId },
        { agentId, agentIp },
      );
      const answer = await call(
        sql`SELECT * FROM erase_confirm(${erasureId}::uuid, ${content}, ${JSON.stringify(personal)}::jsonb)`,
      );
      return typeof answer === 'string'
        ? answer
        : { erasedValues: Number(answer?.erased_values ?? 0) };
    },
    eraseBefore: async (cutoff) => {
      const { content } = erasureEntry(
        { type: 'personal_erased', olderThan: cutoff.toISOString(), erased: [] },
        {},
      );
      const answer = await call(
        sql`SELECT * FROM erase_before(${cutoff.toISOString()}::timestamptz, ${content})`,
      );
      if (typeof answer === 'string') {
        throw new TooRecentError('Rows are kept for 30 days at least: name an earlier date.');
      }
      return Number(answer?.erased_values ?? 0);
    },
  };
};

/** Erases the personal values of all rows older than that, some at a time; gives how many. */
export const eraseAllBefore = async (
  eraser: Pick<Eraser, 'eraseBefore'>,
  cutoff: Date,
): Promise<number> => {
  let erased = 0;
  for (;;) {
    const some = await eraser.eraseBefore(cutoff);
    if (some === 0) {
      return erased;
    }
    erased += some;
  }
};
