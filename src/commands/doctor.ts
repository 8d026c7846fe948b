import { spawnSync } from 'node:child_process';
import { buildActionsIfOutdated } from './build-artifacts.ts';
import { inRepository } from './repository.ts';

// The doctor compares the deployed Actions with those of this source.
await buildActionsIfOutdated();
const { status } = spawnSync(
  process.execPath,
  [inRepository('src', 'doctor', 'main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
