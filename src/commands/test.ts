import { readArguments } from '../command-line/read-arguments.ts';
import { runCommand } from '../command-line/run-command.ts';
import { buildArtifacts } from './build-artifacts.ts';
import { ensureChromium, NoBrowserError } from './chromium.ts';
import { runStaticChecks } from './static-checks.ts';
import { ensureTestPrograms } from './test-programs.ts';
import type { Tally } from './test-report.ts';
import { runVitestProject } from './vitest-project.ts';

const USAGE = `Usage:
  npm test
  npm run test:all
  npm run test:long

Runs the gate, everything that each change must pass; the gate and the long tests; or the long tests alone.
Some files only: npx vitest run --project unit|integration|e2e|long FILE…
`;

const OPTIONS = { all: { type: 'boolean' }, long: { type: 'boolean' } } as const;

/** What every change must pass, quickest first. */
const GATE = ['unit', 'integration', 'e2e'];
/** What takes too long for every change. */
const LONG = ['long'];

const checkAndBuild = async (): Promise<Tally> => {
  const [checks] = await Promise.all([runStaticChecks(), buildArtifacts()]);
  const failed = checks.filter(({ isPassed }) => !isPassed);
  return {
    passed: checks.length - failed.length,
    failed: failed.length,
    skipped: 0,
    complaints: failed.map(({ name }) => `Failed: ${name}`),
  };
};

const add = (one: Tally, other: Tally): Tally => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
  complaints: [...one.complaints, ...other.complaints],
});

const run = async (args: readonly string[]): Promise<number> => {
  const { values } = readArguments(args, OPTIONS, 0);
  const CHROMIUM_PATH = ensureChromium();
  const missing = ensureTestPrograms();
  let tally: Tally = { passed: 0, failed: 0, skipped: 0, complaints: [] };
  if (values.long) {
    await buildArtifacts();
  } else {
    tally = await checkAndBuild();
  }
  const projects = [...(values.long ? [] : GATE), ...(values.long || values.all ? LONG : [])];
  for (const project of projects) {
    tally = add(tally, runVitestProject(project, { CHROMIUM_PATH }));
  }
  for (const sentence of missing) {
    process.stdout.write(
      `\nSome tests were ${process.env['CI'] ? 'failed' : 'skipped'}: ${sentence}\n`,
    );
  }
  // Last, so that whoever sees only the end of a long log learns what was wrong.
  for (const complaint of tally.complaints) {
    process.stdout.write(`\n${complaint}\n`);
  }
  const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
  process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed${skipped}\n`);
  return tally.failed > 0 ? 1 : 0;
};

await runCommand({ usage: USAGE, run, expected: [NoBrowserError], mistakeCode: 1 });
