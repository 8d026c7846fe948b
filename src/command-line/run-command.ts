import { UsageError } from './usage-error.ts';

type ErrorClass = abstract new (...args: never[]) => Error;

/** A program that people start from a terminal. */
type Program = {
  /** What --help prints. */
  readonly usage: string;
  /** Does the work; gives the exit code. */
  readonly run: (args: readonly string[]) => Promise<number>;
  /** The errors whose message says what to do, beside {@link UsageError}. */
  readonly expected: readonly ErrorClass[];
  /** The exit code after a mistake, and after a fault of the program. */
  readonly mistakeCode: number;
};

/** What the system's codes mean for a file or folder that was named. */
const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'this account has no right to it',
  EPERM: 'this account has no right to it',
  ENOENT: 'it is not there',
  EISDIR: 'it is a folder and not a file',
  ENOTDIR: 'it is a file and not a folder',
  EEXIST: 'it is a file and not a folder',
  ENAMETOOLONG: 'its name is too long',
  EADDRINUSE: 'something else listens there',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
  ERR_STRING_TOO_LONG: 'it is too large',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
};

/** A sentence about a file or folder that cannot be used; nothing for an error of another kind. */
const fileProblem = (error: Error): string | undefined => {
  const { code, path }: NodeJS.ErrnoException = error;
  const problem = code === undefined ? undefined : FILE_PROBLEMS[code];
  return problem && `${path ?? 'What was named'} cannot be used: ${problem}.`;
};

const sentenceOf = (error: unknown, expected: readonly ErrorClass[]): string => {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return [UsageError, ...expected].some((kind) => error instanceof kind)
    ? error.message
    : (fileProblem(error) ?? `This is a fault of the program: ${error.stack ?? error.message}`);
};

/**
 * Runs a program with the arguments of this process and sets its exit code. Mistakes of whoever started it are answered
 * with a sentence on the standard error, `--help` with the usage. A reader who takes no more of the output, such as
 * `head`, ends the program without a word, but not as if all had been written.
 */
export const runCommand = async ({ usage, run, expected, mistakeCode }: Program): Promise<void> => {
  const args = process.argv.slice(2);
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') {
      const problem = FILE_PROBLEMS[code ?? ''] ?? `it failed with ${code}`;
      process.stderr.write(`The output cannot be written: ${problem}.\n`);
    }
    process.exit(mistakeCode);
  });
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return;
  }
  try {
    process.exitCode = await run(args);
  } catch (error) {
    process.stderr.write(`${sentenceOf(error, expected)}\n`);
    // What was begun before the mistake, such as a connection that is kept, must not keep the process alive.
    process.exit(mistakeCode);
  }
};
