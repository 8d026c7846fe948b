import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { summarize } from './endpoints.ts';
import { missingBuiltFiles } from './required-files.ts';
import { openSandboxFolder } from './sandbox-folder.ts';
import { startSandbox } from './start-sandbox.ts';

/** The command `npm run sandbox`: starts everything, stops everything, and says what went wrong. */

/** How often a look is taken at whether the process that this sandbox belongs to still runs. */
const LOOK_MILLISECONDS = 500;

const root = fileURLToPath(new URL('../..', import.meta.url));
const folderPath = resolve(root, process.env['UNDERSTUDY_SANDBOX_DIR'] ?? '.sandbox');

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const readOptions = () => {
  try {
    return parseArgs({
      options: {
        'one-domain': { type: 'boolean', default: false },
        policies: { type: 'string' },
        // The public key of a packaged extension; without it, the sandbox's own from the manifest.
        'extension-key': { type: 'string' },
      },
    }).values;
  } catch {
    const given = process.argv.slice(2).join(' ');
    return fail(
      `Unknown option ${given}. There are --one-domain, --policies <folder> and --extension-key <key>.`,
    );
  }
};
const options = readOptions();

const missing = await missingBuiltFiles(root);
if (missing.length > 0) {
  fail(`The sandbox needs ${missing.join(', ')}. Run "npm run build" first.`);
}

const folder = await openSandboxFolder(folderPath, root).catch((error: NodeJS.ErrnoException) =>
  fail(`The sandbox's folder ${folderPath} cannot be used (${error.code}).`),
);
await folder.remove('endpoints.json');
await folder.remove('ledger');
// Another ledger has another key.
await folder.remove('signer.json');

const toStop: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;
const report = (error: unknown): void => console.error('While stopping:', error);
const stopAll = (): Promise<void> => {
  stopping ??= (async () => {
    await folder.remove('endpoints.json');
    for (const stop of toStop.toReversed()) {
      await stop().catch(report);
    }
  })();
  return stopping;
};
/** What is started while the rest is being stopped is stopped at once: the backend would outlive this process. */
const onStarted = (stop: () => Promise<void>): void => {
  toStop.push(stop);
  if (stopping) {
    stop().catch(report);
  }
};

const stopAndExit = (): void => {
  stopAll().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};

// Ctrl+C reaches the whole process group, and every parent passes it on: the same signal comes more
// than once, and only the first may do anything.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, stopAndExit);
}
// A process that was killed passes nothing on. Tests, for instance, want no sandbox that goes on without them.
const parent = process.env['UNDERSTUDY_SANDBOX_PARENT'];
if (parent !== undefined) {
  setInterval(() => {
    if (String(process.ppid) !== parent) {
      stopAndExit();
    }
  }, LOOK_MILLISECONDS).unref();
}

try {
  const sandbox = await startSandbox({
    root,
    folder,
    oneDomain: options['one-domain'],
    policies: options.policies === undefined ? undefined : resolve(options.policies),
    extensionKey: options['extension-key'],
    onStarted,
  });
  console.log(summarize(sandbox.endpoints));
  console.log(`  ${join(folder.path, 'endpoints.json')}\n`);
  const reason = await sandbox.backendEnded;
  if (!stopping) {
    await stopAll();
    fail(`The backend ended, so the sandbox stopped: ${reason}.`);
  }
} catch (error) {
  await stopAll();
  fail(`The sandbox did not start: ${error instanceof Error ? error.message : String(error)}`);
}
