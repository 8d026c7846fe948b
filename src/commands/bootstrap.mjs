// Runs a command of this project on the Node version that the project pins, installing the packages
// first when they are missing or older than the lock file. Has no dependencies, so that it works right
// after a clone on any Node from 20.19 on.
import { spawn, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How often a look is taken at whether npm's shell still runs. */
const LOOK_MILLISECONDS = 500;
const parent = process.ppid;

const root = fileURLToPath(new URL('../..', import.meta.url));
const binaries = join(root, 'node_modules', '.bin');
const pinnedNode = join(root, 'node_modules', 'node', 'bin', 'node');

/** @param {string} path */
const modifiedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const installIfNeeded = () => {
  const installed = modifiedAt(join(root, 'node_modules', '.package-lock.json'));
  const upToDate = installed >= modifiedAt(join(root, 'package-lock.json'));
  if (upToDate && modifiedAt(pinnedNode) > 0) {
    return;
  }
  process.stderr.write('Installing packages (npm ci)…\n');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write('npm ci failed. Check the network and the npm registry, then retry.\n');
    process.exit(1);
  }
};

const [command = '', ...args] = process.argv.slice(2);
installIfNeeded();
const child = spawn(pinnedNode, [join(root, 'src', 'commands', `${command}.ts`), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${binaries}${delimiter}${process.env['PATH'] ?? ''}` },
});
// A terminal sends its signals to the whole group; one that comes to this process alone is passed on.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => child.kill(signal));
}
// npm passes a signal on to the shell that it runs a script in, which dies of it without a word to this process.
if (process.env['npm_lifecycle_event'] !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) {
      child.kill('SIGTERM');
    }
  }, LOOK_MILLISECONDS).unref();
}
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
