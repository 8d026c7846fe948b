import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inRepository } from '../../../src/commands/repository.ts';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import { freePorts } from '../../../src/sandbox/free-ports.ts';
import { copyEmptyLedger } from './ledger/empty-ledger.ts';

/** A backend beside the sandbox's own, in front of the same tenant. */
export type BackendProcess = {
  readonly origin: string;
  readonly dataFolder: string;
  /** The process that was started, with npm npm's, which a supervisor sends its signals to. */
  readonly child: ChildProcess;
  /** Settles with the exit code. */
  readonly exited: Promise<number | null>;
  /** What it printed so far, both streams. */
  readonly output: () => string;
};

/** Changes the configuration that the sandbox wrote for its backend. */
export type ConfigChange = (config: Record<string, unknown>) => Record<string, unknown>;

/** How a backend is started: its configuration's path follows the arguments. */
export type BackendProgram = {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
};

const FROM_SOURCE: BackendProgram = {
  command: 'npm',
  args: ['run', '--silent', 'backend', '--'],
  folder: inRepository(),
};

/**
 * Starts a backend, by `npm run backend` unless another program is given, on ports and in a data folder of its own.
 * `name` keeps the files of several apart.
 */
export const spawnBackend = async (
  endpoints: Endpoints,
  name: string,
  change: ConfigChange = (config) => config,
  environment: Record<string, string> = {},
  program: BackendProgram = FROM_SOURCE,
): Promise<BackendProcess> => {
  const sandboxFolder = dirname(inRepository(endpoints.subjectToken.signingKeyFile));
  const [port = 0, metricsPort = 0] = await freePorts(2);
  const dataFolder = join(sandboxFolder, `ledger-${name}`);
  if (!existsSync(dataFolder)) {
    copyEmptyLedger(dataFolder);
  }
  const original = JSON.parse(readFileSync(join(sandboxFolder, 'backend.json'), 'utf8'));
  const config = change({
    ...original,
    listen: { host: '127.0.0.1', port },
    metricsListen: { host: '127.0.0.1', port: metricsPort },
    ledger: { dataFolder },
    limits: {
      launchesPerMinute: 100_000,
      searchesPerMinute: 100_000,
      tenantCallsPerSecond: 1_000,
    },
  });
  const configFile = join(sandboxFolder, `backend-${name}.json`);
  writeFileSync(configFile, JSON.stringify(config));
  const child = spawn(program.command, [...program.args, '--config', configFile], {
    cwd: program.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: `--import ${inRepository('src/sandbox/resolve-localhost.mjs')}`,
      NODE_EXTRA_CA_CERTS: join(sandboxFolder, 'ca.pem'),
      UNDERSTUDY_CLIENT_SECRET_FILE: join(sandboxFolder, 'client-secret'),
      UNDERSTUDY_MANAGEMENT_CLIENT_SECRET_FILE: join(sandboxFolder, 'management-client-secret'),
      UNDERSTUDY_SIGNING_KEY_FILE: join(sandboxFolder, 'subject-key.json'),
      ...environment,
    },
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });
  return { origin: `http://127.0.0.1:${port}`, dataFolder, child, exited, output: () => output };
};

const READY_MILLISECONDS = 60_000;

/** Waits until a backend says that it is ready. */
export const untilReady = async ({ origin, child, output }: BackendProcess): Promise<void> => {
  const deadline = Date.now() + READY_MILLISECONDS;
  while (Date.now() < deadline && child.exitCode === null) {
    const ready = await fetch(`${origin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) {
      return;
    }
    await delay(50);
  }
  throw new Error(`The backend did not become ready: ${output().slice(-2_000)}`);
};
