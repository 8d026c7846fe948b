import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { requireProgram, XDOTOOL, XVFB } from '../../../src/commands/test-programs.ts';

/** A display of our own, with a pointer and a keyboard that the test moves as a person does. */
export type Display = {
  /** Environment of programs that draw on it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs xdotool; in pixels of the display where it is about places. Gives what it prints. */
  readonly act: (...command: readonly string[]) => string;
  readonly close: () => Promise<void>;
};

const numberOf = async (server: ChildProcess): Promise<string> => {
  const pipe = server.stdio[3];
  if (!pipe || !('on' in pipe)) {
    throw new Error('Xvfb has no pipe to tell its display.');
  }
  const [chunk] = await once(pipe, 'data');
  return String(chunk).trim();
};

/** Starts Xvfb on a display number that is free. */
export const openDisplay = async (): Promise<Display> => {
  const server = spawn(
    requireProgram(XVFB),
    ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const environment = { DISPLAY: `:${await numberOf(server)}` };
  const xdotool = requireProgram(XDOTOOL);
  return {
    environment,
    act: (...command) => {
      const { status, stdout, stderr } = spawnSync(xdotool, command, {
        env: { ...process.env, ...environment },
        encoding: 'utf8',
      });
      if (status !== 0) {
        throw new Error(`xdotool ${command.join(' ')} failed: ${stderr}`);
      }
      return stdout;
    },
    close: async () => {
      const exited = once(server, 'exit');
      server.kill('SIGTERM');
      await exited;
    },
  };
};
