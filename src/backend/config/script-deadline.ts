import type { Context, Script } from 'node:vm';

/** What a script came to, or that it was stopped. */
type ScriptEnd = { readonly stopped: true } | { readonly stopped: false; readonly value: unknown };

const isTimeout = (error: unknown): boolean =>
  // The error may come from the context's own realm, where it is no instance of this one's Error.
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

const runFor = (script: Script, context: Context, timeout: number): ScriptEnd => {
  try {
    return { stopped: false, value: script.runInContext(context, { timeout }) };
  } catch (error) {
    if (isTimeout(error)) {
      return { stopped: true };
    }
    throw error;
  }
};

/**
 * Runs a script in a context, and stops it when it takes longer than a deadline in milliseconds. The
 * deadline runs by the clock; on a busy machine it says something only if the process was really running. A process
 * that gets a small share of the machine is given longer each time, or an honest script would be stopped. A script that
 * declares something needs a new context for each try.
 * @throws whatever the script throws.
 */
export const runWithDeadline = (
  script: Script,
  contextOfTry: () => Context,
  milliseconds: number,
): ScriptEnd => {
  for (let timeout = milliseconds; ; timeout *= 2) {
    const before = process.cpuUsage();
    const end = runFor(script, contextOfTry(), timeout);
    const { user, system } = process.cpuUsage(before);
    if (!end.stopped || user + system > (milliseconds * 1_000) / 2) {
      return end;
    }
  }
};
