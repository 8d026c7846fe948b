import { readArguments } from '../command-line/read-arguments.ts';
import { runCommand } from '../command-line/run-command.ts';
import { buildArtifacts } from './build-artifacts.ts';

const USAGE = `Usage:
  npm run build

Builds dist/chrome, dist/firefox, dist/actions and dist/backend, and the extensions that end-to-end tests load.
`;

await runCommand({
  usage: USAGE,
  run: async (args) => {
    readArguments(args, {}, 0);
    await buildArtifacts();
    process.stdout.write('Built dist/chrome, dist/firefox, dist/actions and dist/backend.\n');
    return 0;
  },
  expected: [],
  mistakeCode: 1,
});
