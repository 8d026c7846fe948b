import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

/** Removes what a run left; a process that is still ending may be writing there, and no test fails for that. */
const removeFolder = (folder: string): void => {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  } catch (error) {
    process.stdout.write(`${folder} is left over: ${String(error)}\n`);
  }
};

/**
 * Runs the tests of one vitest project, with a folder of its own for temporary files, which goes when they are
 * done. A project without any test passes.
 */
export const runVitestProject = (
  project: string,
  environment: Readonly<Record<string, string | undefined>>,
): Tally => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-tests-'));
  // PostgreSQL does not run as root, and has to reach its cluster as another user.
  chmodSync(folder, 0o711);
  const outputFile = join(folder, 'report.json');
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { mode: 0o711 });
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
      `--reporter=${inRepository('test/second-tries.ts')}`,
      `--outputFile=${outputFile}`,
    ],
    {
      cwd: inRepository(),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        TMPDIR: temporary,
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
    removeFolder(folder);
  }
};
