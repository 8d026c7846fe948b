import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { FIREFOX, requireProgram } from '../../../src/commands/test-programs.ts';

/** A Firefox that obeys a policy which nothing else on this machine sees. */
export type FirefoxWithPolicy = {
  readonly executablePath: string;
  readonly remove: () => void;
};

/** A policy that stands here comes before the one beside the program. */
const SYSTEM_POLICY = '/etc/firefox/policies/policies.json';
/** What Firefox looks for beside its program. */
const POLICY_FOLDER = 'distribution';

/** Why no policy can be given to the installed Firefox; nothing where it can. */
export const whyNoFirefoxPolicy = (): string | undefined => {
  const program = realpathSync(requireProgram(FIREFOX));
  if (existsSync(SYSTEM_POLICY)) {
    return `${SYSTEM_POLICY} is in force on this machine`;
  }
  if (!existsSync(join(dirname(program), 'omni.ja'))) {
    return `${program} only starts a Firefox that is somewhere else`;
  }
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
  return version.endsWith('esr')
    ? undefined
    : `${version} takes no package that Mozilla has not signed; an ESR does`;
};

/**
 * Makes a Firefox that obeys a policy: its program in a folder of its own, where it looks for the policy, and
 * links to everything else of the installed one.
 */
export const firefoxWithPolicy = (policies: object): FirefoxWithPolicy => {
  const program = realpathSync(requireProgram(FIREFOX));
  const installed = dirname(program);
  const folder = mkdtempSync(join(tmpdir(), 'understudy-firefox-policy-'));
  for (const name of readdirSync(installed)) {
    if (name !== basename(program) && name !== POLICY_FOLDER) {
      symlinkSync(join(installed, name), join(folder, name));
    }
  }
  // A link would be followed: Firefox would look beside the installed program.
  const executablePath = join(folder, basename(program));
  copyFileSync(program, executablePath);
  mkdirSync(join(folder, POLICY_FOLDER));
  writeFileSync(join(folder, POLICY_FOLDER, 'policies.json'), JSON.stringify(policies));
  return { executablePath, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
