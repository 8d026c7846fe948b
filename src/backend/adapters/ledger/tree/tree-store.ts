import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { NodeAddress, ReadNodes } from './make-proof.ts';

/** A checkpoint as it was signed, and when that was. */
export type StoredCheckpoint = {
  readonly size: number;
  readonly note: string;
  readonly signedAt: Date;
};

/** The tree's nodes and the signed checkpoints in the ledger's database. */
export type TreeStore = {
  /** Puts all of the first `size` rows into the tree. */
  readonly fill: (size: number) => Promise<void>;
  /** Reads complete subtrees. @throws {RangeError} when one is not in the tree. */
  readonly read: ReadNodes;
  /** Keeps a checkpoint, unless there is one at least as new. */
  readonly keep: (size: number, note: string) => Promise<void>;
  readonly newest: () => Promise<StoredCheckpoint | undefined>;
};

type Rows<T> = { readonly rows: readonly T[] };

/** Makes the store on a database that was migrated. `guarded` turns what the database throws into an error of the ledger. */
export const createTreeStore = (
  database: PgDatabase<PgQueryResultHKT>,
  guarded: <T>(work: PromiseLike<T>) => Promise<T>,
): TreeStore => {
  const query = async <T>(statement: ReturnType<typeof sql>): Promise<readonly T[]> => {
    const result: unknown = await guarded(database.execute(statement));
    return (result as Rows<T>).rows;
  };
  return {
    fill: async (size) => {
      let filled = -1;
      for (;;) {
        const [row] = await query<{ filled: number | string }>(
          sql`SELECT advance_tree(${size}::bigint) AS filled`,
        );
        const next = Number(row?.filled);
        if (next >= size || next === filled) {
          return;
        }
        filled = next;
      }
    },
    read: async (nodes) => {
      const keyOf = ({ level, position }: NodeAddress) => `${level}/${position}`;
      const found = await query<{ level: number; position: number | string; hash: string }>(
        sql`SELECT level, position, encode(hash, 'hex') AS hash FROM ledger_tree
          JOIN jsonb_to_recordset(${JSON.stringify(nodes)}::jsonb) AS wanted (level integer, position bigint)
          USING (level, position)`,
      );
      const hashes = new Map(
        found.map(({ level, position, hash }) => [
          keyOf({ level, position: Number(position) }),
          Buffer.from(hash, 'hex'),
        ]),
      );
      return nodes.map((node) => {
        const hash = hashes.get(keyOf(node));
        if (!hash) {
          throw new RangeError('A subtree is not in the tree yet.');
        }
        return hash;
      });
    },
    keep: async (size, note) => {
      await query(sql`SELECT claim_checkpoint(${size}::bigint, ${note})`);
    },
    newest: async () => {
      const [row] = await query<{ size: number | string; note: string; at: number | string }>(
        sql`SELECT size, note, extract(epoch FROM signed_at) * 1000 AS at
          FROM checkpoints ORDER BY size DESC LIMIT 1`,
      );
      return row && { size: Number(row.size), note: row.note, signedAt: new Date(Number(row.at)) };
    },
  };
};
