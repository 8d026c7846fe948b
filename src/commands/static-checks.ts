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

/** Runs one check and prints what it says in one piece, because checks run at the same time. */
const passes = async ([command = '', ...args]: readonly string[]): Promise<boolean> => {
  const child = spawn(inRepository('node_modules/.bin', command), args, {
    cwd: inRepository(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => output.push(chunk));
  }
  const [code] = await once(child, 'close');
  process.stdout.write(`\n> ${[command, ...args].join(' ')}\n${Buffer.concat(output).toString()}`);
  return code === 0;
};

/** Runs types, lint and the search for unused code; gives whether each passed. */
export const runStaticChecks = (): Promise<readonly boolean[]> => Promise.all(CHECKS.map(passes));
