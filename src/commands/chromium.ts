import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

/** No browser that loads extensions can be had. The message is the command to run. */
export class NoBrowserError extends Error {
  override readonly name = 'NoBrowserError';
}

/** Names on the PATH that load extensions from the command line. Branded Chrome does not, since version 137. */
const NAMES = ['chromium', 'chromium-browser', 'chrome-for-testing', 'google-chrome-for-testing'];

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Missing or not executable: either way not a browser to use.
    return false;
  }
};

const onPath = (): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isExecutable);

/** Finds an installed browser: `CHROMIUM_PATH`, Chromium or Chrome for Testing on the PATH, Playwright's own. */
export const findChromium = (): string | undefined => {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named;
    throw new NoBrowserError(`CHROMIUM_PATH is ${named}, which cannot be executed.`);
  }
  const own = chromium.executablePath();
  return onPath() ?? (own !== '' && existsSync(own) ? own : undefined);
};

const run = (command: string, ...args: readonly string[]): boolean => {
  process.stderr.write(`${[command, ...args].join(' ')}\n`);
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
};

const canUseApt = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/**
 * Gives a browser, installing one when there is none: by apt as root on Debian, else Playwright's.
 * @throws {NoBrowserError} saying what to run by hand.
 */
export const ensureChromium = (): string => {
  const found = findChromium();
  if (found) return found;
  process.stderr.write('No Chromium found, installing one…\n');
  if (canUseApt()) {
    run('apt-get', 'update', '-qq');
    run('apt-get', 'install', '-y', '-qq', 'chromium');
  } else {
    run('npx', 'playwright', 'install', 'chromium');
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new NoBrowserError(
    'No Chromium could be installed. Run "apt-get install chromium" (Debian, as root) or ' +
      '"npx playwright install chromium", or set CHROMIUM_PATH to a Chromium or Chrome for Testing.',
  );
};
