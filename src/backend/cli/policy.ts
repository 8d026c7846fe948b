import { isIP } from 'node:net';
import { chooseCommand } from '../../command-line/choose-command.ts';
import { readArguments } from '../../command-line/read-arguments.ts';
import { runCommand } from '../../command-line/run-command.ts';
import { UsageError } from '../../command-line/usage-error.ts';
import { PolicyFolderError } from '../adapters/cedar/policy-folder.ts';
import { DataFolderError } from '../adapters/ledger/data-folder-error.ts';
import { LedgerDatabaseError } from '../adapters/ledger/postgres/ledger-database-error.ts';
import { LedgerExportError } from '../adapters/ledger/rows/ledger-export.ts';
import { ConfigError } from '../config/config.ts';
import { LedgerUnavailableError } from '../ports/ledger.ts';
import { TenantUnavailableError } from '../ports/tenant-errors.ts';
import { isoTimeOf } from './iso-time.ts';
import { explainLaunch } from './policy/explain.ts';
import { printReplay } from './policy/print-replay.ts';
import { testPolicies } from './policy/test-policies.ts';

const USAGE = `Usage:
  npm run policy -- test FOLDER...
  npm run policy -- explain --agent ID --customer ID --app CLIENT_ID [options]
  npm run policy -- replay --since TIME --export FILE | --ledger-folder FOLDER | --database-url URL [options]

test      runs the cases of each folder, the files *.policy.test.json, by the folder's own policies
explain   decides a launch as it would be decided now, nothing is issued, and says by which policies
replay    asks the policies about the launches that the ledger has, and lists those that would be refused now

  --config        the backend's configuration; default understudy.json
  --folder        policies other than those of the configuration
  --organization  the organization of the launch
  --reason        the launch has a reason, and the ticket --ticket
  --at            an ISO time other than now
  --signed-in     seconds since the agent signed in; without it, unknown, which is infinitely long
  --method        how they signed in, such as mfa; repeatable
  --network       the agent's address
  --last-hour     launches of the agent in the last hour; --active their open sessions
  --since         replays the launches from this ISO time on
  --export        a file of "npm run ledger -- export"; or the ledger itself, by --ledger-folder or by
                  --database-url (--ca, and UNDERSTUDY_DATABASE_PASSWORD)
`;

const test = (folders: readonly string[]): number => {
  if (folders.length === 0) {
    throw new UsageError(USAGE);
  }
  let failed = 0;
  for (const folder of folders) {
    for (const { name, results } of testPolicies(folder)) {
      process.stdout.write(`${folder}: ${name}\n`);
      for (const { name: what, differences } of results) {
        process.stdout.write(`  ${differences.length === 0 ? '✓' : '✗'} ${what}\n`);
        for (const difference of differences) {
          process.stdout.write(`      ${difference}\n`);
        }
      }
      failed += results.filter(({ differences }) => differences.length > 0).length;
      process.stdout.write(`  ${results.length} cases\n`);
    }
  }
  process.stdout.write(failed === 0 ? 'All cases hold.\n' : `${failed} cases do not hold.\n`);
  return failed === 0 ? 0 : 1;
};

const numberOf = (name: string, text: string | undefined): number | undefined => {
  if (text !== undefined && !/^\d{1,9}$/.test(text)) {
    throw new UsageError(`--${name} must be a whole number.`);
  }
  return text === undefined ? undefined : Number(text);
};

const OPTIONS = {
  config: { type: 'string' },
  folder: { type: 'string' },
  agent: { type: 'string' },
  customer: { type: 'string' },
  app: { type: 'string' },
  organization: { type: 'string' },
  reason: { type: 'boolean' },
  ticket: { type: 'string' },
  at: { type: 'string' },
  'signed-in': { type: 'string' },
  method: { type: 'string', multiple: true },
  network: { type: 'string' },
  'last-hour': { type: 'string' },
  active: { type: 'string' },
  since: { type: 'string' },
  export: { type: 'string' },
  'ledger-folder': { type: 'string' },
  'database-url': { type: 'string' },
  ca: { type: 'string' },
} as const;

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>['values'];

const DEFAULT_CONFIG = 'understudy.json';

const replay = async (values: Values): Promise<number> => {
  const { export: file, 'ledger-folder': folder, 'database-url': url, ca, since } = values;
  if (since === undefined) {
    throw new UsageError('replay needs --since, a time such as 2026-01-31T09:00:00Z.');
  }
  if ([file, folder, url].filter((given) => given !== undefined).length !== 1) {
    throw new UsageError('Name the ledger once: --export, --ledger-folder or --database-url.');
  }
  return printReplay({
    configPath: values.config ?? DEFAULT_CONFIG,
    folder: values.folder,
    since: isoTimeOf('since', since),
    ledger:
      file === undefined
        ? {
            ...(folder !== undefined && { folder }),
            ...(url !== undefined && { 'database-url': url }),
            ...(ca !== undefined && { ca }),
          }
        : { file },
  });
};

const explain = async (values: Values): Promise<number> => {
  const { agent, customer, app, network } = values;
  if (agent === undefined || customer === undefined || app === undefined) {
    throw new UsageError('explain needs --agent, --customer and --app.');
  }
  if (network !== undefined && isIP(network) === 0) {
    throw new UsageError('--network must be an IP address.');
  }
  const lines = await explainLaunch(process.env, {
    configPath: values.config ?? DEFAULT_CONFIG,
    folder: values.folder,
    agent,
    customer,
    app,
    organization: values.organization,
    hasReason: values.reason ?? false,
    ticket: values.ticket,
    at: values.at === undefined ? new Date() : isoTimeOf('at', values.at),
    signedInSecondsAgo: numberOf('signed-in', values['signed-in']),
    methods: values.method ?? [],
    network,
    launchesLastHour: numberOf('last-hour', values['last-hour']) ?? 0,
    activeSessions: numberOf('active', values.active) ?? 0,
  });
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
};

type Command = {
  readonly run: (values: Values, words: readonly string[]) => number | Promise<number>;
  readonly takes: readonly (keyof typeof OPTIONS)[];
};

/** The commands, each with the options that it takes. */
const COMMANDS: Readonly<Record<string, Command>> = {
  test: { run: (_values, folders) => test(folders), takes: [] },
  explain: {
    run: explain,
    takes: [
      ...(['config', 'folder', 'agent', 'customer', 'app', 'organization', 'reason'] as const),
      ...(['ticket', 'at', 'signed-in', 'method', 'network', 'last-hour', 'active'] as const),
    ],
  },
  replay: {
    run: replay,
    takes: ['config', 'folder', 'since', 'export', 'ledger-folder', 'database-url', 'ca'],
  },
};

/** Runs the command; gives the exit code. */
const run = async (args: readonly string[]): Promise<number> => {
  const { values, words } = readArguments(args, OPTIONS, args.length);
  const [name, ...rest] = words;
  const command = chooseCommand(COMMANDS, name, values, USAGE);
  return command.run(values, rest);
};

await runCommand({
  usage: USAGE,
  run,
  expected: [
    ConfigError,
    DataFolderError,
    LedgerDatabaseError,
    LedgerExportError,
    LedgerUnavailableError,
    PolicyFolderError,
    TenantUnavailableError,
  ],
  mistakeCode: 2,
});
