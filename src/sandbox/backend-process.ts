import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export type BackendProcess = {
  /** Settles when `/readyz` says 200; rejects when the process ends before, or takes too long. */
  ready: Promise<void>;
  /** Settles when the process ends, whoever ended it. */
  ended: Promise<string>;
  stop: () => Promise<void>;
};

const READY_WITHIN_MILLISECONDS = 150_000;
const STOP_WITHIN_MILLISECONDS = 5_000;

const waitUntilReady = async (origin: string, ended: Promise<string>): Promise<void> => {
  let over: string | undefined;
  ended.then(
    (reason) => {
      over = reason;
    },
    (error: unknown) => {
      over = String(error);
    },
  );
  const deadline = Date.now() + READY_WITHIN_MILLISECONDS;
  while (Date.now() < deadline) {
    if (over !== undefined) {
      throw new Error(`The backend did not start: ${over}.`);
    }
    const ready = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) {
      return;
    }
    await delay(100);
  }
  throw new Error(`The backend was not ready within ${READY_WITHIN_MILLISECONDS / 1000} s.`);
};

const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve(signal ? `it was stopped by ${signal}` : `it exited with code ${code}`),
    );
  });

/**
 * Starts the backend as its own process, with secrets in files and the sandbox's authority trusted.
 * The handle comes at once, so that it can be stopped before it is ready.
 */
export const startBackend = (options: {
  root: string;
  origin: string;
  configFile: string;
  environment: Record<string, string>;
}): BackendProcess => {
  const child = spawn(
    process.execPath,
    [
      '--import',
      fileURLToPath(new URL('./resolve-localhost.mjs', import.meta.url)),
      join(options.root, 'src', 'backend', 'main.ts'),
      '--config',
      options.configFile,
    ],
    {
      cwd: options.root,
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const ended = endOf(child);
  return {
    ready: waitUntilReady(options.origin, ended),
    ended,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
        return;
      }
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MILLISECONDS);
      await ended;
      clearTimeout(timer);
    },
  };
};
