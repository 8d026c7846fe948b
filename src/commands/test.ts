import { parseArgs } from 'node:util';
import { buildArtifacts } from './build-artifacts.ts';
import { ensureChromium, NoBrowserError } from './chromium.ts';
import { runStaticChecks } from './static-checks.ts';
import { ensureTestPrograms } from './test-programs.ts';
import { runVitestProject, type Tally } from './vitest-project.ts';

/** What every change must pass, quickest first. */
const GATE = ['unit', 'integration', 'e2e'];
/** What takes too long for every change. */
const LONG = ['long'];

const chromiumPath = (): string => {
  try {
    return ensureChromium();
  } catch (error) {
    if (!(error instanceof NoBrowserError)) {
      throw error;
    }
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
};

const checkAndBuild = async (): Promise<Tally> => {
  const [checks] = await Promise.all([runStaticChecks(), buildArtifacts()]);
  const passed = checks.filter((isPassed) => isPassed).length;
  return { passed, failed: checks.length - passed, skipped: 0 };
};

const add = (one: Tally, other: Tally): Tally => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
});

const { values } = parseArgs({
  options: {
    // The gate and the long tests.
    all: { type: 'boolean', default: false },
    // The long tests alone.
    long: { type: 'boolean', default: false },
  },
});
const CHROMIUM_PATH = chromiumPath();
const missing = ensureTestPrograms();
let tally: Tally = { passed: 0, failed: 0, skipped: 0 };
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
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed${skipped}\n`);
process.exitCode = tally.failed > 0 ? 1 : 0;
