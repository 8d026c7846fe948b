import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod/mini';
import { inRepository } from './repository.ts';

const accountSchema = z.object({ email: z.string(), password: z.string() });

/** What the sandbox tells of itself in `endpoints.json`, as far as commands and tests read it. */
const endpointsSchema = z.object({
  tenant: z.object({
    agents: z.string(),
    customers: z.string(),
    https: z.string(),
    caFile: z.string(),
  }),
  backend: z.string(),
  crm: z.string(),
  targetApps: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(['express', 'spa']),
      home: z.string(),
      loginUrl: z.string(),
    }),
  ),
  extension: z.object({ id: z.string(), chrome: z.string(), firefox: z.string() }),
  accounts: z.object({
    agent: accountSchema,
    supervisor: accountSchema,
    trainee: accountSchema,
    customer: z.object({
      id: z.string(),
      email: z.string(),
      name: z.string(),
      connection: z.string(),
      organizations: z.array(z.string()),
    }),
  }),
  clients: z.object({
    requesting: z.object({ clientId: z.string(), clientSecret: z.string() }),
    extension: z.object({ clientId: z.string() }),
    management: z.object({ clientId: z.string(), clientSecret: z.string() }),
  }),
  subjectToken: z.object({
    type: z.string(),
    issuer: z.string(),
    audience: z.string(),
    signingKeyFile: z.string(),
  }),
  metrics: z.string(),
});
export type Endpoints = z.infer<typeof endpointsSchema>;

/** A sandbox that runs as a process of its own. */
export type RunningSandbox = {
  readonly endpoints: Endpoints;
  readonly folder: string;
  readonly exited: Promise<number>;
  readonly stop: () => Promise<void>;
};

/** The sandbox did not start. The message has what it printed. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
}

/** Many times what a start takes on a quiet machine: several sandboxes start at once, next to other work. */
const READY_MILLISECONDS = 180_000;
const POLL_MILLISECONDS = 50;

/** Where the sandbox keeps its files: `UNDERSTUDY_SANDBOX_DIR`, else `.sandbox` in the repository. */
export const sandboxFolder = (): string =>
  resolve(inRepository(), process.env['UNDERSTUDY_SANDBOX_DIR'] ?? '.sandbox');

/** Starts the sandbox without waiting for it; it ends with this process. Needs what `npm run build` makes. */
export const spawnSandbox = (
  folder: string,
  args: readonly string[],
  stdio: 'inherit' | 'pipe',
): ChildProcess =>
  spawn(
    process.execPath,
    [
      // The sandbox strips the types of Desk's script with a Node API that is still marked experimental.
      '--disable-warning=ExperimentalWarning',
      '--import',
      inRepository('src/sandbox/resolve-localhost.mjs'),
      inRepository('src/sandbox/start.ts'),
      ...args,
    ],
    {
      cwd: inRepository(),
      stdio: ['ignore', stdio, stdio],
      env: {
        ...process.env,
        UNDERSTUDY_SANDBOX_DIR: folder,
        UNDERSTUDY_SANDBOX_PARENT: String(process.pid),
      },
    },
  );

/**
 * Starts the sandbox in a folder and waits until all of it is ready.
 * @throws {SandboxError} with what it printed, when it stops or is not ready within three minutes.
 */
export const startSandbox = async (
  folder: string,
  args: readonly string[] = [],
): Promise<RunningSandbox> => {
  const child = spawnSandbox(folder, args, 'pipe');
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-10_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const exited = new Promise<number>((done) => {
    child.once('exit', (code) => done(code ?? 1));
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
    }
    await exited;
  };
  const file = join(folder, 'endpoints.json');
  const deadline = Date.now() + READY_MILLISECONDS;
  while (!existsSync(file)) {
    if (child.exitCode !== null) {
      throw new SandboxError(`The sandbox stopped:\n${output}`);
    }
    if (Date.now() > deadline) {
      await stop();
      throw new SandboxError(`The sandbox was not ready within three minutes:\n${output}`);
    }
    await delay(POLL_MILLISECONDS);
  }
  const endpoints = endpointsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return { endpoints, folder, exited, stop };
};
