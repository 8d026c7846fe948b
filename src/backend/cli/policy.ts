import { parseArgs } from 'node:util';
import { PolicyFolderError } from '../adapters/cedar/policy-folder.ts';
import { LedgerExportError } from '../adapters/ledger/rows/ledger-export.ts';
import { ConfigError } from '../config/config.ts';
import { UsageError } from './ledger-commands/usage-error.ts';
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

/** Runs the command; gives the exit code. */
const run = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      config: { type: 'string', default: 'understudy.json' },
      folder: { type: 'string' },
      agent: { type: 'string' },
      customer: { type: 'string' },
      app: { type: 'string' },
      organization: { type: 'string' },
      reason: { type: 'boolean', default: false },
      ticket: { type: 'string' },
      at: { type: 'string' },
      'signed-in': { type: 'string' },
      method: { type: 'string', multiple: true, default: [] },
      network: { type: 'string' },
      'last-hour': { type: 'string' },
      active: { type: 'string' },
      since: { type: 'string' },
      export: { type: 'string' },
      'ledger-folder': { type: 'string' },
      'database-url': { type: 'string' },
      ca: { type: 'string' },
    },
  });
  const [command, ...rest] = positionals;
  if (command === 'test') {
    return test(rest);
  }
  if (command === 'replay') {
    if (values.since === undefined || Number.isNaN(Date.parse(values.since))) {
      throw new UsageError('--since must be an ISO time such as 2026-03-02T09:00:00Z.');
    }
    const { export: file, 'ledger-folder': folder, 'database-url': url, ca } = values;
    if ([file, folder, url].filter((given) => given !== undefined).length !== 1) {
      throw new UsageError('Name the ledger once: --export, --ledger-folder or --database-url.');
    }
    return printReplay({
      configPath: values.config,
      folder: values.folder,
      since: new Date(values.since),
      ledger:
        file === undefined
          ? {
              ...(folder !== undefined && { folder }),
              ...(url !== undefined && { 'database-url': url }),
              ...(ca !== undefined && { ca }),
            }
          : { file },
    });
  }
  const { agent, customer, app } = values;
  if (command !== 'explain' || !agent || !customer || !app) {
    throw new UsageError(USAGE);
  }
  if (values.at !== undefined && Number.isNaN(Date.parse(values.at))) {
    throw new UsageError('--at must be an ISO time such as 2026-03-02T09:00:00Z.');
  }
  const lines = await explainLaunch(process.env, {
    configPath: values.config,
    folder: values.folder,
    agent,
    customer,
    app,
    organization: values.organization,
    hasReason: values.reason,
    ticket: values.ticket,
    at: values.at === undefined ? new Date() : new Date(values.at),
    signedInSecondsAgo: numberOf('signed-in', values['signed-in']),
    methods: values.method,
    network: values.network,
    launchesLastHour: numberOf('last-hour', values['last-hour']) ?? 0,
    activeSessions: numberOf('active', values.active) ?? 0,
  });
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
};

try {
  process.exitCode = await run();
} catch (error) {
  const expected =
    error instanceof UsageError ||
    error instanceof PolicyFolderError ||
    error instanceof ConfigError ||
    error instanceof LedgerExportError;
  process.stderr.write(expected ? `${error.message}\n` : `${String(error)}\n`);
  process.exitCode = 2;
}
