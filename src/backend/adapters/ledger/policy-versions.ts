import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import * as z from 'zod/mini';
import type { Ledger } from '../../ports/ledger.ts';
import type { LedgerHead } from './rows/appended-row.ts';

type Dependencies = {
  readonly database: PgDatabase<PgQueryResultHKT>;
  readonly orUnavailable: <T>(work: PromiseLike<T>) => Promise<T>;
  /** Throws when a write would not last. */
  readonly assertDurable: () => void;
  /** Told the head that a version's coming into force made. */
  readonly onHead: (head: LedgerHead) => void;
};

/** One of the two databases gives numbers of eight bytes as text. */
const claimedSchema = z.object({
  rows: z.tuple([
    z.object({
      agreed: z.boolean(),
      head_seq: z.nullable(z.union([z.number(), z.string()])),
      head_hash: z.nullable(z.string()),
    }),
  ]),
});
const inForceSchema = z.object({ rows: z.array(z.object({ hash: z.string() })) });

/** Keeps in the database which version of the company's rules is in force, for all replicas. */
export const createPolicyVersions = ({
  database,
  orUnavailable,
  assertDurable,
  onHead,
}: Dependencies): Pick<Ledger, 'claimPolicy' | 'policyInForce'> => {
  return {
    claimPolicy: async (hash, isDeliberate) => {
      const content = JSON.stringify({
        type: 'policy_adopted',
        policyHash: hash,
        commitments: {},
      });
      const claiming = async () => {
        assertDurable();
        return database.execute(
          sql`SELECT agreed, head_seq, head_hash FROM claim_policy(${hash}, ${isDeliberate}, ${content})`,
        );
      };
      const [{ agreed, head_seq: seq, head_hash: head }] = claimedSchema.parse(
        await orUnavailable(claiming()),
      ).rows;
      if (seq !== null && head !== null) {
        onHead({ seq: Number(seq), hash: head });
      }
      return agreed;
    },
    policyInForce: async () => {
      const [row] = inForceSchema.parse(
        await orUnavailable(
          database.execute(sql`SELECT hash FROM policy_versions ORDER BY number DESC LIMIT 1`),
        ),
      ).rows;
      return row?.hash;
    },
  };
};
