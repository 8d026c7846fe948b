import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from './repository.ts';
import { readTally, type Tally } from './test-report.ts';

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
    return readTally(project, outputFile, status === 0);
  } finally {
    removeFolder(folder);
  }
};
