import { spawn } from 'node:child_process';
import * as z from 'zod/mini';
import { importIntoPostgres } from '../../src/backend/adapters/ledger/postgres/import-into-postgres.ts';
import { inRepository } from '../../src/commands/repository.ts';
import {
  type Cluster,
  connectionOf,
  databaseUrl,
  ROLES,
  startCluster,
} from '../integration/backend/ledger/postgres-cluster.ts';
import { manyRows } from './many-rows.ts';

/** What one process took. */
export type Measured = { readonly seconds: number; readonly megabytes: number };

/** What was found on a ledger of so many rows, in PostgreSQL. Memory is the most that the process had. */
export type LedgerAtSize = {
  readonly rows: number;
  /** Importing it, verification included. */
  readonly importSeconds: number;
  readonly verify: Measured;
  readonly export: Measured & { readonly bytes: number };
  /** The first checkpoint, which reads every row, and then one customer's pack. */
  readonly evidence: Measured & {
    readonly signSeconds: number;
    readonly packMilliseconds: number;
    readonly rows: number;
  };
};

/** Prints, as the last line of the process's errors, the most memory that it ever had, in kilobytes. */
const TELL_MEMORY = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write('\\n' + process.resourceUsage().maxRSS));",
)}`;

type Finished = Measured & { readonly output: string; readonly bytes: number };

/** Runs a program of the repository; keeps the beginning of what it prints, and counts the rest. */
const run = (script: string, args: readonly string[]): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(
      process.execPath,
      ['--import', TELL_MEMORY, inRepository(script), ...args],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let output = '';
    let bytes = 0;
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      output = (output + chunk.toString()).slice(0, 1_000);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-1_000);
    });
    child.once('close', (code) => {
      if (code !== 0) {
        reject(new Error(`${script} failed: ${output}${errors}`));
        return;
      }
      const megabytes = Number(errors.split('\n').at(-1)) / 1024;
      resolve({ seconds: (performance.now() - startedAt) / 1000, megabytes, output, bytes });
    });
  });

const evidenceSchema = z.object({
  signSeconds: z.number(),
  packMilliseconds: z.number(),
  rows: z.number(),
});

const measureOne = async (
  { folder, createLedger, asSuperuser }: Cluster,
  rows: number,
): Promise<LedgerAtSize> => {
  const database = await createLedger();
  const startedAt = performance.now();
  await importIntoPostgres(connectionOf(folder, database, ROLES.owner), manyRows(rows), undefined);
  const importSeconds = (performance.now() - startedAt) / 1000;
  // As a database does by itself some time after it was filled.
  await asSuperuser(database, 'VACUUM ANALYZE');
  const reader = ['--database-url', databaseUrl(folder, database, ROLES.reader)];
  const verified = await run('src/backend/cli/ledger.ts', ['verify', ...reader]);
  if (!verified.output.startsWith(`Intact, ${rows} rows`)) {
    throw new Error(verified.output);
  }
  const exported = await run('src/backend/cli/ledger.ts', ['export', ...reader]);
  const evidence = await run('test/bench/ledger-evidence.ts', [folder, database]);
  return {
    rows,
    importSeconds,
    verify: verified,
    export: exported,
    evidence: { ...evidence, ...evidenceSchema.parse(JSON.parse(evidence.output)) },
  };
};

/** Measures verification, export and evidence on ledgers of these sizes, each in a process of its own. */
export const measureLedgerAtSize = async (
  sizes: readonly number[],
): Promise<readonly LedgerAtSize[]> => {
  const cluster = await startCluster();
  try {
    const measured: LedgerAtSize[] = [];
    for (const rows of sizes) {
      measured.push(await measureOne(cluster, rows));
    }
    return measured;
  } finally {
    await cluster.stop();
  }
};
