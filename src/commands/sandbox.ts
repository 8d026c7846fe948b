import { once } from 'node:events';
import { readArguments } from '../command-line/read-arguments.ts';
import { runCommand } from '../command-line/run-command.ts';
import { buildIfOutdated } from './build-artifacts.ts';
import { sandboxFolder, spawnSandbox } from './sandbox-process.ts';

const USAGE = `Usage:
  npm run sandbox -- [--one-domain] [--policies FOLDER] [--extension-key KEY]

Starts the local tenant, backend, target apps and CRM, and runs them until SIGTERM or SIGINT. When all is ready it
writes endpoints.json, into .sandbox or the folder that UNDERSTUDY_SANDBOX_DIR names.

  --one-domain      a tenant with one domain for agents and customers
  --policies        decides by the rules in this folder
  --extension-key   lets in an extension that you packaged: its public key
`;

const OPTIONS = {
  'one-domain': { type: 'boolean' },
  policies: { type: 'string' },
  'extension-key': { type: 'string' },
} as const;

await runCommand({
  usage: USAGE,
  run: async (args) => {
    // The sandbox shares no code with the rest; it reads them itself.
    readArguments(args, OPTIONS, 0);
    await buildIfOutdated();
    const child = spawnSandbox(sandboxFolder(), args, 'inherit');
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => child.kill(signal));
    }
    const [code] = await once(child, 'exit');
    return typeof code === 'number' ? code : 1;
  },
  expected: [],
  mistakeCode: 1,
});
