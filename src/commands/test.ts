import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { buildArtifacts } from './build-artifacts.ts';
import { ensureChromium, NoBrowserError } from './chromium.ts';
import { inRepository } from './repository.ts';
import { ensureTestPrograms } from './test-programs.ts';

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  success: z.boolean(),
});

type Tally = { passed: number; failed: number; skipped: number };

/** Checks that count as one test each. */
const CHECKS: readonly (readonly string[])[] = [
  ['tsc'],
  ['biome', 'check', '.'],
  ['oxlint', '--type-aware', '--deny-warnings'],
  ['knip'],
];

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean => {
  process.stdout.write(`\n> ${[command, ...args].join(' ')}\n`);
  const { status } = spawnSync(inRepository('node_modules/.bin', command), args, {
    cwd: inRepository(),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return status === 0;
};

const runVitest = (project: string, tally: Tally, env: NodeJS.ProcessEnv): void => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-report-'));
  const outputFile = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${outputFile}`];
  const succeeded = run('vitest', ['run', '--project', project, ...reporters], env);
  try {
    const report = reportSchema.parse(JSON.parse(readFileSync(outputFile, 'utf8')));
    tally.passed += report.numPassedTests;
    tally.failed += report.numFailedTests;
    tally.skipped += report.numPendingTests;
    // A file that does not load, or an error outside of any test, fails no test of its own.
    if (!succeeded && report.numFailedTests === 0) tally.failed += 1;
  } catch (error) {
    process.stdout.write(`vitest left no report: ${String(error)}\n`);
    tally.failed += 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const chromiumPath = (): string => {
  try {
    return ensureChromium();
  } catch (error) {
    if (!(error instanceof NoBrowserError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
};

const CHROMIUM_PATH = chromiumPath();
const missing = ensureTestPrograms();
const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
for (const [command = '', ...args] of CHECKS) {
  if (run(command, args)) tally.passed += 1;
  else tally.failed += 1;
}
await buildArtifacts();
for (const project of ['unit', 'integration', 'e2e']) runVitest(project, tally, { CHROMIUM_PATH });
for (const sentence of missing)
  process.stdout.write(
    `\nSome end-to-end tests were ${process.env['CI'] ? 'failed' : 'skipped'}: ${sentence}\n`,
  );
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed${skipped}\n`);
process.exitCode = tally.failed > 0 ? 1 : 0;
