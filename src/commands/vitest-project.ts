import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { inRepository } from './repository.ts';

/** How many tests there were, by what became of them. */
export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
});

/** Runs the tests of one vitest project. A project without any test passes. */
export const runVitestProject = (
  project: string,
  environment: Readonly<Record<string, string | undefined>>,
): Tally => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-report-'));
  const outputFile = join(folder, 'report.json');
  process.stdout.write(`\n> vitest run --project ${project}\n`);
  const { status } = spawnSync(
    inRepository('node_modules/.bin/vitest'),
    [
      'run',
      '--project',
      project,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${outputFile}`,
    ],
    {
      cwd: inRepository(),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        // Tests start many processes from the same sources, which all but the first find compiled.
        NODE_COMPILE_CACHE: join(folder, 'compiled'),
        ...environment,
      },
    },
  );
  try {
    const report = reportSchema.parse(JSON.parse(readFileSync(outputFile, 'utf8')));
    // A file that does not load, or an error outside of any test, fails no test of its own.
    const failedOutsideTests = status !== 0 && report.numFailedTests === 0 ? 1 : 0;
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + failedOutsideTests,
      skipped: report.numPendingTests,
    };
  } catch (error) {
    process.stdout.write(`vitest left no report: ${String(error)}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
