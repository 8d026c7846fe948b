import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that this project starts but does not bring along, and how it can be had. */
export type Program = {
  /** What people call it. */
  readonly title: string;
  /** Names that it may have on the PATH, best first. */
  readonly names: readonly string[];
  /** A glob of folders that are not on the PATH but may hold it; the last one in the alphabet is preferred. */
  readonly folders?: string;
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
 * Finds an installed program: the one that its variable names, else one on the PATH or in its own folders.
 * @throws {NoProgramError} when the variable names something that cannot be executed.
 */
export const findProgram = ({ names, variable, folders }: Program): string | undefined => {
  const named = variable === undefined ? undefined : process.env[variable];
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) {
      return named;
    }
    throw new NoProgramError(`${variable} is ${named}, which cannot be executed.`);
  }
  const onPath = (process.env['PATH'] ?? '').split(delimiter);
  const own = folders === undefined ? [] : globSync(folders).toSorted().toReversed();
  return names
    .flatMap((name) => [...onPath, ...own].map((folder) => join(folder, name)))
    .find(isExecutable);
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
  if (packages.length === 0) {
    return;
  }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write(`Installing ${packages.join(', ')}…\n`);
    run('apt-get', 'update', '-qq');
    run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages);
  }
  const left = missing();
  if (left.length === 0) {
    return;
  }
  const variables = left.flatMap(({ variable }) => variable ?? []);
  throw new NoProgramError(
    `${left.map(({ title }) => title).join(' and ')} ${left.length > 1 ? 'are' : 'is'} missing. ` +
      `Run "apt-get install ${left.map(({ debianPackage }) => debianPackage).join(' ')}" as root` +
      `${variables.length === 0 ? '' : `, or set ${variables.join(' and ')}`}.`,
  );
};
