import { lookup } from 'node:dns/promises';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { readArguments } from '../command-line/read-arguments.ts';
import { runCommand } from '../command-line/run-command.ts';
import { managementKeys } from '../setup/files/management-keys.ts';
import { RecordError, readRecord } from '../setup/files/record.ts';
import { readSecrets } from '../setup/files/secrets-file.ts';
import { setupFiles } from '../setup/files/setup-files.ts';
import { publicKeySet, StoredKeyError } from '../setup/files/signing-keys.ts';
import { createManagementApi, ManagementUnreachableError } from '../setup/tenant/management-api.ts';
import { missingScopes } from '../setup/tenant/operator-token.ts';
import { createPrompt, NobodyToAskError } from '../setup/terminal/prompt.ts';
import { FIREFOX_REDIRECT_ORIGIN } from '../tenant-settings/extension-ids.ts';
import { BackendSettingsError, readBackendSettings } from './backend-settings.ts';
import { examine } from './examine.ts';
import { readingOnce } from './patient.ts';
import { exitCodeOf, printReport } from './report.ts';

/** The command `npm run doctor`: looks at a tenant and says what would be in a launch's way. Reads only. */

z.config(z.locales.en());

const USAGE = `npm run doctor -- [options]

Looks at the tenant of a backend and changes nothing.

  --config FILE    the backend's configuration (default: understudy.json)
  --secrets FILE   its secrets, to compare keys (default: understudy.secrets.env beside it, if it is there)
  --json           one JSON object instead of text

The operator's token comes from UNDERSTUDY_OPERATOR_TOKEN or is asked for. Exit code: 0 when nothing is wrong,
1 for warnings only, 2 for errors, 3 when the tenant could not be looked at.
`;

/** Everything that the checks read. */
const DOCTOR_SCOPES = [
  'read:clients',
  'read:client_grants',
  'read:client_credentials',
  'read:resource_servers',
  'read:roles',
  'read:role_members',
  'read:actions',
  'read:token_exchange_profiles',
  'read:connections',
  'read:connections_options',
  'read:organizations',
  'read:organization_connections',
  'read:mfa_policies',
  'read:custom_domains',
  'read:attack_protection',
  'read:users',
  'read:sessions',
  'read:logs',
] as const;

const NOT_LOOKED_AT = 3;
const OPTIONS = {
  config: { type: 'string' },
  secrets: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Options = {
  readonly config: string;
  /** `undefined` where the file beside the configuration is to be taken if it is there. */
  readonly secrets: string | undefined;
  readonly json: boolean;
};

const builtAction = (name: string): string | undefined => {
  const path = fileURLToPath(new URL(`../../dist/actions/${name}.js`, import.meta.url));
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

const builtCode = (): { exchange: string; login: string } | undefined => {
  const [exchange, login] = ['custom-token-exchange', 'post-login'].map(builtAction);
  return exchange === undefined || login === undefined ? undefined : { exchange, login };
};

const operatorToken = async (): Promise<string> => {
  process.stderr.write(`The operator's token needs these scopes:\n  ${DOCTOR_SCOPES.join(' ')}\n`);
  const prompt = createPrompt();
  try {
    const token =
      process.env['UNDERSTUDY_OPERATOR_TOKEN']?.trim() ||
      (await prompt.askHidden('Management API token (not shown, not kept)'));
    const missing = missingScopes(token, DOCTOR_SCOPES);
    if (missing.length > 0) {
      process.stderr.write(`The token lacks ${missing.join(' ')}: what they show is left out.\n`);
    }
    return token;
  } finally {
    prompt.close();
  }
};

/** Whether there is something that can be read: a file, or what a shell gives for `<(…)`. */
const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;

const run = async (options: Options): Promise<number> => {
  if (!isFile(options.config)) {
    throw new BackendSettingsError(`There is no ${options.config}: say --config.`);
  }
  if (options.secrets !== undefined && !isFile(options.secrets)) {
    throw new BackendSettingsError(`There is no ${options.secrets}: say another --secrets.`);
  }
  const settings = readBackendSettings(readFileSync(options.config, 'utf8'));
  const files = setupFiles(dirname(options.config));
  const secrets = readSecrets(
    options.secrets ?? join(dirname(options.config), 'understudy.secrets.env'),
  );
  const api = createManagementApi({
    domain: settings.auth0.managementDomain,
    token: await operatorToken(),
    fetch,
    delay,
    clock: () => new Date(),
  });
  const lines = await examine({
    api: readingOnce(api),
    settings,
    record: readRecord(files.record),
    code: builtCode(),
    firefoxRedirectOrigin: FIREFOX_REDIRECT_ORIGIN,
    jwks: secrets.UNDERSTUDY_SIGNING_KEY === undefined ? undefined : await publicKeySet(secrets),
    managementKeys:
      secrets.UNDERSTUDY_MANAGEMENT_KEY === undefined ? undefined : await managementKeys(secrets),
    fetch,
    resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    clock: () => new Date(),
  });
  process.stdout.write(
    `${options.json ? JSON.stringify({ lines }, null, 2) : printReport(lines)}\n`,
  );
  return exitCodeOf(lines);
};

await runCommand({
  usage: USAGE,
  run: async (args) => {
    const { values } = readArguments(args, OPTIONS, 0);
    return run({
      config: values.config ?? 'understudy.json',
      secrets: values.secrets,
      json: values.json ?? false,
    });
  },
  expected: [
    BackendSettingsError,
    RecordError,
    StoredKeyError,
    ManagementUnreachableError,
    NobodyToAskError,
  ],
  mistakeCode: NOT_LOOKED_AT,
});
