import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inRepository } from './repository.ts';

/** Checks that run no product code; each counts as one test. */
const CHECKS: readonly (readonly string[])[] = [
  ['tsc'],
  ['biome', 'check', '.'],
  ['oxlint', '--type-aware', '--deny-warnings'],
  ['knip'],
];

/** A static check by the command that ran it, and whether it passed. */
export type StaticCheck = { readonly name: string; readonly isPassed: boolean };

/** Runs one check and prints what it says in one piece, because checks run at the same time. */
const runCheck = async ([command = '', ...args]: readonly string[]): Promise<StaticCheck> => {
  const child = spawn(inRepository('node_modules/.bin', command), args, {
    cwd: inRepository(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => output.push(chunk));
  }
  const [code] = await once(child, 'close');
  const name = [command, ...args].join(' ');
  process.stdout.write(`\n> ${name}\n${Buffer.concat(output).toString()}`);
  return { name, isPassed: code === 0 };
};

/** Runs types, lint and the search for unused code. */
export const runStaticChecks = (): Promise<readonly StaticCheck[]> =>
  Promise.all(CHECKS.map(runCheck));
