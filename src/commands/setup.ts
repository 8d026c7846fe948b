import { spawnSync } from 'node:child_process';
import { buildActionsIfOutdated } from './build-artifacts.ts';
import { inRepository } from './repository.ts';

// Setup deploys what is built here: an Action that was not built from this source must not reach a tenant.
await buildActionsIfOutdated();
const { status } = spawnSync(
  process.execPath,
  [inRepository('src', 'setup', 'main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
