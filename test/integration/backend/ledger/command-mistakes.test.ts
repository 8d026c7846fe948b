import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { inRepository } from '../../../../src/commands/repository.ts';
import { emptyLedger } from './empty-ledger.ts';

/** Runs a command that is mistaken; gives its exit code and what it printed. */
const run = (command: 'ledger' | 'policy', ...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [inRepository(`src/backend/cli/${command}.ts`), ...args], {
    env: {
      ...process.env,
      // Node warns of variables for colours that contradict each other, wherever they come from.
      NODE_NO_WARNINGS: '1',
      UNDERSTUDY_ACCESS_TOKEN: 'token',
      UNDERSTUDY_DATABASE_PASSWORD: '',
    },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      stdout,
      stderr,
    }),
  );

const NOWHERE = join(mkdtempSync(join(tmpdir(), 'understudy-mistakes-')), 'nowhere');
const NOBODY = 'postgres://someone@127.0.0.1:1/understudy';
const NOBODY_LISTENS =
  "The ledger's database cannot be used: The database failed with ECONNREFUSED: nothing listens at this address.";

it.each([
  ['an option that there is not', ['verify', '--foldr', 'a'], 'There is no option --foldr; '],
  ['a file that is not there', ['verify', '--file', NOWHERE], `${NOWHERE} cannot be used: it is`],
  [
    'an authority’s file that is not there',
    ['verify', '--database-url', 'postgres://someone@db.invalid/understudy', '--ca', NOWHERE],
    `${NOWHERE} cannot be used: it is not there.`,
  ],
  [
    'retention at an address where nobody listens',
    ['retain', '--before', '2024-01-31', '--database-url', NOBODY],
    NOBODY_LISTENS,
  ],
  [
    'an address with a broken escape',
    ['verify', '--database-url', 'postgres://some%@127.0.0.1/understudy'],
    '--database-url must name a user and a database.',
  ],
  [
    'a key that is none, before it asks for evidence',
    ['evidence', '--customer', 'a', '--key', 'none', '--backend', 'http://127.0.0.1:1'],
    'The key is not of the form name+id+key',
  ],
  [
    'a backend that nobody runs',
    ['erase', '--customer', 'auth0|nora', '--backend', 'http://127.0.0.1:1'],
    'Nothing answers at http://127.0.0.1:1 as the backend would.',
  ],
])(
  '"npm run ledger" answers %s with one sentence and exit code 2',
  async (_what, args, sentence) => {
    const { code, stdout, stderr } = await run('ledger', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(sentence), stderr).toBe(true);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  },
);

it('"npm run ledger -- retain" says of a date in the last 30 days that it is too recent', async () => {
  const folder = emptyLedger();
  const yesterday = new Date(Date.now() - 86_400_000).toISOString();
  expect(await run('ledger', 'retain', '--folder', folder, '--before', yesterday)).toEqual({
    code: 2,
    stdout: '',
    stderr: 'Rows are kept for 30 days at least: name an earlier date.\n',
  });
});

it('"npm run ledger -- import" of a file that is not there begins no ledger', async () => {
  const folder = join(NOWHERE, 'new');
  expect(await run('ledger', 'import', '--file', NOWHERE, '--folder', folder)).toMatchObject({
    code: 2,
    stderr: `${NOWHERE} cannot be used: it is not there.\n`,
  });
  expect(existsSync(folder)).toBe(false);
});

it.each(['ledger', 'policy'] as const)(
  '"npm run %s -- --help" prints the usage',
  async (command) => {
    const { code, stdout, stderr } = await run(command, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`npm run ${command} -- `);
  },
);

it('"npm run policy -- test" of a folder that is not there says so', async () => {
  expect(await run('policy', 'test', NOWHERE)).toEqual({
    code: 2,
    stdout: '',
    stderr: `${NOWHERE} cannot be used: it is not there.\n`,
  });
});
