import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that this project starts but does not bring along, and how it can be had. */
export type Program = {
  /** What people call it. */
  readonly title: string;
  /** Names that it may have on the PATH, best first. */
  readonly names: readonly string[];
  /** The variable that names another one, if people may choose. */
  readonly variable?: string;
  readonly debianPackage: string;
};

/** A program can neither be found nor installed. The message says what to run. */
export class NoProgramError extends Error {
  override readonly name = 'NoProgramError';
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Missing or not executable: either way not a program to use.
    return false;
  }
};

/**
 * Finds an installed program: the one that its variable names, else one on the PATH.
 * @throws {NoProgramError} when the variable names something that cannot be executed.
 */
export const findProgram = ({ names, variable }: Program): string | undefined => {
  const named = variable === undefined ? undefined : process.env[variable];
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named;
    throw new NoProgramError(`${variable} is ${named}, which cannot be executed.`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
};

const run = (command: string, ...args: readonly string[]): void => {
  process.stderr.write(`${[command, ...args].join(' ')}\n`);
  spawnSync(command, args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
};

/**
 * Gives each program's path, installing with apt what is missing, if we are root on Debian.
 * @throws {NoProgramError} saying what to run by hand.
 */
export const ensurePrograms = (programs: readonly Program[]): void => {
  const missing = () => programs.filter((program) => findProgram(program) === undefined);
  const packages = missing().map(({ debianPackage }) => debianPackage);
  if (packages.length === 0) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write(`Installing ${packages.join(', ')}…\n`);
    run('apt-get', 'update', '-qq');
    run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages);
  }
  const [first] = missing();
  if (!first) return;
  throw new NoProgramError(
    `${first.title} is missing. Run "apt-get install ${first.debianPackage}" as root` +
      `${first.variable === undefined ? '' : `, or set ${first.variable}`}.`,
  );
};
