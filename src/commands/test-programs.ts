import { ensurePrograms, findProgram, NoProgramError, type Program } from './program.ts';

/** Firefox, driven over Marionette. */
export const FIREFOX: Program = {
  title: 'Firefox',
  names: ['firefox-esr', 'firefox'],
  variable: 'FIREFOX_PATH',
  debianPackage: 'firefox-esr',
};

/** A display without a screen: context menus exist only in a browser that has a window. */
export const XVFB: Program = { title: 'Xvfb', names: ['Xvfb'], debianPackage: 'xvfb' };

/** Moves the pointer and presses keys as a person does. */
export const XDOTOOL: Program = {
  title: 'xdotool',
  names: ['xdotool'],
  debianPackage: 'xdotool',
};

/** The database server that replicas share. Debian keeps it off the PATH, one folder for each major version. */
export const POSTGRES: Program = {
  title: 'PostgreSQL',
  names: ['postgres'],
  folders: '/usr/lib/postgresql/*/bin',
  debianPackage: 'postgresql',
};

/** Tests alert rules. Its package starts a server on a machine that has systemd, so only CI installs it. */
export const PROMTOOL: Program = {
  title: 'promtool',
  names: ['promtool'],
  debianPackage: 'prometheus',
};

/** An authority for timestamps, and what checks them. */
export const OPENSSL: Program = {
  title: 'OpenSSL',
  names: ['openssl'],
  debianPackage: 'openssl',
};

/** What tests need: each group is used together, or not at all. */
const GROUPS: readonly (readonly Program[])[] = [
  [FIREFOX],
  [XVFB, XDOTOOL],
  [POSTGRES],
  [OPENSSL],
  ...(process.env['CI'] ? [[PROMTOOL]] : []),
];

/** Installs what tests need and can be had; gives a sentence for each group that cannot. */
export const ensureTestPrograms = (): readonly string[] =>
  GROUPS.flatMap((programs) => {
    try {
      ensurePrograms(programs);
      return [];
    } catch (error) {
      if (!(error instanceof NoProgramError)) {
        throw error;
      }
      return [error.message];
    }
  });

/** Tells whether tests that take these programs can run. In CI they must: `true` lets them fail. */
export const canRunWith = (...programs: readonly Program[]): boolean =>
  Boolean(process.env['CI']) || programs.every((program) => findProgram(program) !== undefined);

/** The path of a program that tests need. @throws {NoProgramError} when there is none. */
export const requireProgram = (program: Program): string => {
  const found = findProgram(program);
  if (found !== undefined) {
    return found;
  }
  throw new NoProgramError(`${program.title} is missing: run "npm test", which installs it.`);
};
