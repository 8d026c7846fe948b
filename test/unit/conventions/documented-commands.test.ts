import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';

/** A test that runs the command, and what in it shows that. */
type RunBy = { readonly file: string; readonly by: string };

const LEDGER_COMMANDS = 'test/long/commands/ledger.test.ts';

/** Commands that a test runs, by how they begin. */
const RUN: Readonly<Record<string, RunBy>> = {
  'npm start': { file: 'test/long/commands/start.test.ts', by: "spawn('npm', ['start']" },
  'npm run dev': { file: 'test/long/commands/dev.test.ts', by: 'src/commands/dev.ts' },
  'npm run doctor': { file: 'test/integration/setup/doctor.test.ts', by: "'doctor'" },
  'npm run setup': { file: 'test/integration/setup/launch-after-setup.test.ts', by: "'setup'" },
  'npm run setup -- --out deploy-cli': {
    file: 'test/long/setup/deploy-cli-launch.test.ts',
    by: "'--out'",
  },
  'npm run setup -- --out terraform': {
    file: 'test/integration/setup/terraform-export.test.ts',
    by: "'--out', 'terraform'",
  },
  'npm run package': { file: 'test/long/packages/two-builds.test.ts', by: 'npm run package' },
  'npm run backend': { file: 'test/integration/backend/backend-process.ts', by: "'backend', '--'" },
  'npm run policy -- test': {
    file: 'test/unit/backend/cli/policy-sets.test.ts',
    by: 'testPolicies',
  },
  'npm run ledger -- verify': {
    file: 'test/integration/backend/ledger/reading-commands.test.ts',
    by: "'verify'",
  },
  'npm run ledger -- export': {
    file: 'test/integration/backend/ledger/reading-commands.test.ts',
    by: "'export'",
  },
  'npm run ledger -- migrate': {
    file: LEDGER_COMMANDS,
    by: "['migrate'",
  },
  'npm run ledger -- import': {
    file: LEDGER_COMMANDS,
    by: "['import'",
  },
  'npm run ledger -- key': {
    file: LEDGER_COMMANDS,
    by: "['key'",
  },
  'npm run ledger -- resume': {
    file: LEDGER_COMMANDS,
    by: "'resume'",
  },
  'npm run ledger -- evidence': {
    file: LEDGER_COMMANDS,
    by: "['evidence'",
  },
  'npm run ledger -- erase': {
    file: LEDGER_COMMANDS,
    by: "['erase'",
  },
  'node backend.js': { file: 'test/integration/backend/built-backend.test.ts', by: 'backend.js' },
  'node ledger.js verify': {
    file: 'test/integration/backend/built-backend.test.ts',
    by: 'ledger.js',
  },
  'node understudy-verify.mjs': {
    file: 'test/integration/backend/ledger/evidence.test.ts',
    by: 'understudy-verify.mjs',
  },
};

/** Commands that no test runs, and why not. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm test': 'it is what runs the tests',
  'npm run check': 'npm test runs its parts before any test',
  'npx vitest': 'it is what runs the tests',
  'npm ci': 'the tests run on what it installed',
  'git clone': 'the address is the reader’s own',
  'openssl genrsa': 'the packages’ tests make their keys with Node',
  'set -a;': 'tests pass the variables of the secrets file to the process',
};

const documents = globSync(['*.md', 'docs/**/*.md', '.github/*.md'], { cwd: inRepository('.') });

/** The commands in a document's blocks of shell, each on one line, without comments and variables before it. */
const commandsIn = (document: string): readonly string[] => {
  const text = readFileSync(inRepository(document), 'utf8');
  const blocks = [...text.matchAll(/^ *```(?:sh|bash)\n(.*?)^ *```$/gms)].map(
    ([, block = '']) => block,
  );
  return blocks
    .flatMap((block) => block.replaceAll(/\\\n/g, ' ').split('\n'))
    .map((line) =>
      line
        .replace(/(?:^|\s)#.*$/, '')
        .replace(/^(?:\s*[A-Z_]+=\S+)*\s*/, '')
        .trim(),
    )
    .filter((line) => line !== '');
};

const KNOWN = [...Object.keys(RUN), ...Object.keys(NOT_RUN)];
const beginningOf = (command: string): string | undefined =>
  KNOWN.filter((known) => command.startsWith(known)).toSorted((a, b) => b.length - a.length)[0];

const commands = documents.flatMap(commandsIn);

it('commands are found in the documents at all', () => {
  expect(commands.length).toBeGreaterThan(30);
});

it.each(documents)('every command in %s is run by a test, or it is said why not', (document) => {
  expect(commandsIn(document).filter((command) => beginningOf(command) === undefined)).toEqual([]);
});

it.each(Object.entries(RUN))('a test runs "%s"', (_command, { file, by }) => {
  expect(readFileSync(inRepository(file), 'utf8')).toContain(by);
});

it('every command that is listed here is in a document', () => {
  const used = new Set(commands.map(beginningOf));
  expect(KNOWN.filter((known) => !used.has(known))).toEqual([]);
});
