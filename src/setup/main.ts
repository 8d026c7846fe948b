import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import manifest from '../../manifest.json' with { type: 'json' };
import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { chromiumIdOf, FIREFOX_REDIRECT_ORIGIN } from '../tenant-settings/extension-ids.ts';
import { BackendConfigError } from './files/backend-config.ts';
import { RecordError, readRecord } from './files/record.ts';
import { setupFiles } from './files/setup-files.ts';
import { StoredKeyError } from './files/signing-keys.ts';
import { FolderTakenError } from './out/write-folder.ts';
import { ActionBuildError } from './plan/apply-plan.ts';
import { finishRotation, rotateKey } from './rotate-key.ts';
import {
  adoptSetup,
  applySetup,
  exportSetup,
  planOnly,
  removeSetup,
  type Setup,
  SetupConflictError,
} from './run-setup.ts';
import {
  createManagementApi,
  ManagementRefusalError,
  ManagementUnreachableError,
} from './tenant/management-api.ts';
import {
  KEY_SCOPES,
  missingScopes,
  REMOVAL_SCOPES,
  SETUP_SCOPES,
} from './tenant/operator-token.ts';
import { askAnswers } from './terminal/ask-answers.ts';
import { type CommandLine, parseAnswers, readCommandLine, USAGE } from './terminal/command-line.ts';
import { createPrompt, NobodyToAskError, type Prompt } from './terminal/prompt.ts';

/** The command `npm run setup`: makes a tenant as Understudy needs it, and undoes that again. */

z.config(z.locales.en());

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const builtAction = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../dist/actions/${name}.js`, import.meta.url)), 'utf8');

const operatorToken = async (prompt: Prompt, scopes: readonly string[]): Promise<string> => {
  const token =
    process.env['UNDERSTUDY_OPERATOR_TOKEN']?.trim() ||
    (await prompt.askHidden('Management API token (not shown, not kept)'));
  const missing = missingScopes(token, scopes);
  if (missing.length > 0) {
    throw new UsageError(`The token lacks ${missing.join(' ')}.`);
  }
  return token;
};

const run = async (command: CommandLine, prompt: Prompt): Promise<boolean> => {
  await mkdir(command.folder, { recursive: true });
  const files = setupFiles(command.folder);
  const record = readRecord(files.record);
  const isRemoval = command.mode === 'remove';
  const scopes = isRemoval ? [...SETUP_SCOPES, ...REMOVAL_SCOPES] : SETUP_SCOPES;
  const known = {
    name: 'Understudy',
    extensionIds: [chromiumIdOf(manifest.key)],
    ...record?.answers,
    ...command.answers,
  };
  if (isRemoval && !record) {
    say(`Nothing to undo: there is no ${files.record}.`);
    return true;
  }
  // Getting a token takes a while, so what it needs is said before anything is asked.
  say(`The operator's token needs these scopes:\n  ${scopes.join(' ')}\n`);
  if (known.managementAuthentication !== 'client_secret') {
    say(`and with --management-auth private_key_jwt also these:\n  ${KEY_SCOPES.join(' ')}\n`);
  }
  const answers = parseAnswers(
    process.stdin.isTTY
      ? await askAnswers(known, prompt, record !== undefined)
      : { organizations: [], ...known },
  );
  if (record && record.answers.domain !== answers.domain) {
    throw new UsageError(
      `${files.record} is of ${record.answers.domain}. Use another --folder for ${answers.domain}.`,
    );
  }
  const hasKeys = answers.managementAuthentication === 'private_key_jwt';
  const token = await operatorToken(prompt, hasKeys ? [...scopes, ...KEY_SCOPES] : scopes);
  const setup: Setup = {
    api: createManagementApi({
      domain: answers.domain,
      token,
      fetch,
      delay,
      clock: () => new Date(),
    }),
    answers,
    files,
    parts: {
      code: {
        exchange: builtAction('custom-token-exchange'),
        login: builtAction('post-login'),
      },
      firefoxRedirectOrigin: FIREFOX_REDIRECT_ORIGIN,
    },
    delay,
    say,
    confirm: async (question) =>
      command.yes || /^y(es)?$/i.test(await prompt.ask(`${question} (yes/no)`, 'no')),
  };
  if (isRemoval) {
    return removeSetup(setup);
  }
  if (command.mode === 'plan') {
    return planOnly(setup);
  }
  if (command.mode !== 'apply') {
    return exportSetup(setup, command.mode);
  }
  if (command.adopt) {
    return adoptSetup(setup);
  }
  if (command.rotates) {
    return rotateKey(setup, command.rotates);
  }
  if (command.finishRotation) {
    return finishRotation(setup);
  }
  return applySetup(setup);
};

await runCommand({
  usage: USAGE,
  run: async (args) => {
    const prompt = createPrompt();
    try {
      return (await run(readCommandLine(args), prompt)) ? 0 : 1;
    } finally {
      prompt.close();
    }
  },
  expected: [
    FolderTakenError,
    SetupConflictError,
    RecordError,
    BackendConfigError,
    StoredKeyError,
    ActionBuildError,
    ManagementRefusalError,
    ManagementUnreachableError,
    NobodyToAskError,
  ],
  mistakeCode: 2,
});
