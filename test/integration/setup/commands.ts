import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { inRepository } from '../../../src/commands/repository.ts';
import type { Company } from './running-company.ts';

/** What a command printed, and how it ended. */
export type CommandResult = { readonly code: number | null; readonly output: string };

const environment = (company: Company, more: Record<string, string>): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_OPTIONS: `--import ${inRepository('src/sandbox/resolve-localhost.mjs')}`,
  NODE_EXTRA_CA_CERTS: company.caFile,
  ...more,
});

/** Runs a command of npm as the company's operator, who has a token in the environment. */
export const runCommand = (
  company: Company,
  script: 'setup' | 'doctor',
  args: readonly string[],
): Promise<CommandResult> =>
  new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
      cwd: inRepository(),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment(company, { UNDERSTUDY_OPERATOR_TOKEN: company.operatorToken }),
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('exit', (code) => resolve({ code, output }));
  });

/** The flags that answer everything setup would ask in this company. */
export const setupFlags = ({ domain, origins, folder }: Company): readonly string[] => [
  ...['--domain', domain],
  ...['--agents-domain', origins.agents],
  ...['--customers-domain', origins.customers],
  ...['--agent-connection', 'staff'],
  ...['--customer-connection', 'customers'],
  ...['--backend', origins.backend],
  ...['--target', 'shop'],
  ...['--organization', 'org_nordwind'],
  ...['--protected-role', 'Administrator'],
  ...['--folder', folder],
];

/** Starts a backend with what setup wrote, on the company's own ports. Settles once it is ready. */
export const startBackend = async (company: Company): Promise<() => Promise<void>> => {
  const { folder, backendPort, metricsPort, origins } = company;
  const configFile = join(folder, 'understudy.json');
  const config = JSON.parse(readFileSync(configFile, 'utf8'));
  writeFileSync(
    configFile,
    JSON.stringify({
      ...config,
      listen: { host: '127.0.0.1', port: backendPort },
      metricsListen: { host: '127.0.0.1', port: metricsPort },
      ledger: { dataFolder: join(folder, 'ledger') },
    }),
  );
  const secrets = parseEnv(readFileSync(join(folder, 'understudy.secrets.env'), 'utf8'));
  const child = spawn(
    process.execPath,
    [inRepository('src/backend/main.ts'), '--config', configFile],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment(company, secrets as Record<string, string>),
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const deadline = Date.now() + 60_000;
  while (child.exitCode === null && Date.now() < deadline) {
    const isReady = await fetch(`${origins.backend}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) {
      return async () => {
        child.kill('SIGTERM');
        await exited;
      };
    }
    await delay(50);
  }
  child.kill('SIGTERM');
  throw new Error(`The backend did not become ready: ${output.slice(-2_000)}`);
};
