import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';

/** Node warns of variables for colours that contradict each other, wherever they come from. */
const ENVIRONMENT = { ...process.env, NODE_NO_WARNINGS: '1' };

type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };

const run = (file: string, ...args: readonly string[]): Promise<Ran> =>
  promisify(execFile)(process.execPath, [inRepository(file), ...args], { env: ENVIRONMENT }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: Ran) => ({ code, stdout, stderr }),
  );

const UNKNOWN = 'There is no option --confg; --help lists those that there are.\n';

it.each([
  ['npm run backend', 'src/backend/main.ts', 1],
  ['npm run doctor', 'src/doctor/main.ts', 3],
  ['npm run setup', 'src/setup/main.ts', 2],
  ['npm run package', 'src/commands/package.ts', 2],
  ['npm test', 'src/commands/test.ts', 1],
  ['npm start', 'src/commands/start.ts', 1],
  ['npm run dev', 'src/commands/dev.ts', 1],
  ['npm run sandbox', 'src/commands/sandbox.ts', 1],
  ['npm run bench', 'test/bench/main.ts', 2],
  ['npm run gallery', 'test/gallery/main.ts', 1],
  ['npm run build', 'src/commands/build.ts', 1],
])(
  '"%s" says which option there is not, and prints its usage for --help',
  async (command, file, code) => {
    const [mistaken, helped] = await Promise.all([run(file, '--confg=a'), run(file, '--help')]);
    expect(mistaken).toEqual({ code, stdout: '', stderr: UNKNOWN });
    expect({ code: helped.code, stderr: helped.stderr }).toEqual({ code: 0, stderr: '' });
    expect(helped.stdout).toContain(command);
  },
);

it.each([
  ['a configuration that is a folder', '--config=src'],
  ['a file of secrets that is not there', '--config=package.json', '--secrets=nowhere.env'],
])(
  '"npm run doctor" of %s exits with 3, which says that it looked at nothing',
  async (...given) => {
    const [, ...args] = given;
    const { code, stderr } = await run('src/doctor/main.ts', ...args);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^There is no (?:src|nowhere\.env): say .*\n$/);
  },
);

it('"npm run setup" in a folder that is a file says so', async () => {
  expect(await run('src/setup/main.ts', '--folder=package.json')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /package\.json cannot be used: it is a file and not a folder\.\n$/,
    ),
  });
});

it('output that finds no room on the disk is said, and is no success', async ({ skip }) => {
  skip(process.platform !== 'linux', 'Only Linux has a file that is always full');
  const command = 'exec "$0" "$1" --help > /dev/full';
  const file = inRepository('src/backend/cli/ledger.ts');
  await expect(
    promisify(execFile)('sh', ['-c', command, process.execPath, file], { env: ENVIRONMENT }),
  ).rejects.toMatchObject({
    code: 2,
    stderr: 'The output cannot be written: the disk is full.\n',
  });
});

it('"npm run bench" refuses a number of rows that is none', async () => {
  expect(await run('test/bench/main.ts', '--rows=many')).toEqual({
    code: 2,
    stdout: '',
    stderr: '--rows must be a whole number from 1000 on.\n',
  });
});
