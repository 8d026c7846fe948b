import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { ensurePrograms, findProgram, NoProgramError, type Program } from './program.ts';

/** No browser that loads extensions can be had. The message is the command to run. */
export class NoBrowserError extends Error {
  override readonly name = 'NoBrowserError';
}

/** Loads extensions from the command line. Branded Chrome does not, since version 137. */
const CHROMIUM: Program = {
  title: 'Chromium',
  names: ['chromium', 'chromium-browser', 'chrome-for-testing', 'google-chrome-for-testing'],
  variable: 'CHROMIUM_PATH',
  debianPackage: 'chromium',
};

const playwrightsOwn = (): string | undefined => {
  const path = chromium.executablePath();
  return path !== '' && existsSync(path) ? path : undefined;
};

/**
 * Finds an installed browser: `CHROMIUM_PATH`, Chromium or Chrome for Testing on the PATH, Playwright's own.
 * @throws {NoBrowserError} when `CHROMIUM_PATH` names something that cannot be executed.
 */
export const findChromium = (): string | undefined => {
  try {
    return findProgram(CHROMIUM) ?? playwrightsOwn();
  } catch (error) {
    if (!(error instanceof NoProgramError)) {
      throw error;
    }
    throw new NoBrowserError(error.message, { cause: error });
  }
};

const install = (): void => {
  try {
    ensurePrograms([CHROMIUM]);
  } catch (error) {
    if (!(error instanceof NoProgramError)) {
      throw error;
    }
    // Not root, or not on Debian: Playwright may bring its own.
    const command = ['playwright', 'install', 'chromium'];
    process.stderr.write(`npx ${command.join(' ')}\n`);
    spawnSync('npx', command, { stdio: ['ignore', 2, 2] });
  }
};

/**
 * Gives a browser, installing one when there is none: by apt as root on Debian, else Playwright's.
 * @throws {NoBrowserError} saying what to run by hand.
 */
export const ensureChromium = (): string => {
  const found = findChromium();
  if (found) {
    return found;
  }
  process.stderr.write('No Chromium found, installing one…\n');
  install();
  const installed = findChromium();
  if (installed) {
    return installed;
  }
  throw new NoBrowserError(
    'No Chromium could be installed. Run "apt-get install chromium" (Debian, as root) or ' +
      '"npx playwright install chromium", or set CHROMIUM_PATH to a Chromium or Chrome for Testing.',
  );
};
