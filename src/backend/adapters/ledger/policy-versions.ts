import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Ledger } from '../../ports/ledger.ts';

type Dependencies = {
  readonly database: PgDatabase<PgQueryResultHKT>;
  readonly orUnavailable: <T>(work: PromiseLike<T>) => Promise<T>;
};

/** Keeps in the database which version of the company's rules is in force, for all replicas. */
export const createPolicyVersions = ({
  database,
  orUnavailable,
}: Dependencies): Pick<Ledger, 'claimPolicy' | 'policyInForce'> => {
  const rowsOf = async (statement: ReturnType<typeof sql>): Promise<readonly unknown[]> => {
    const result: unknown = await orUnavailable(database.execute(statement));
    return (result as { rows: unknown[] }).rows;
  };
  return {
    claimPolicy: async (hash, isDeliberate) => {
      const content = JSON.stringify({
        type: 'policy_adopted',
        policyHash: hash,
        commitments: {},
      });
      const [row] = await rowsOf(
        sql`SELECT claim_policy(${hash}, ${isDeliberate}, ${content}) AS agreed`,
      );
      return (row as { agreed: boolean } | undefined)?.agreed === true;
    },
    policyInForce: async () => {
      const [row] = await rowsOf(
        sql`SELECT hash FROM policy_versions ORDER BY number DESC LIMIT 1`,
      );
      return (row as { hash: string } | undefined)?.hash;
    },
  };
};
