import { UsageError } from './usage-error.ts';

/** A command of a program that has several. */
type Command = {
  /** The names of the options that it takes; the other commands' options mean nothing to it. */
  readonly takes: readonly string[];
};

/**
 * Finds the command that the command line names first.
 * @throws {UsageError} where there is none of that name, with the usage, and for an option that it does not take: an
 * option without effect would leave its author to believe that it had one.
 */
export const chooseCommand = <T extends Command>(
  commands: Readonly<Record<string, T>>,
  name: string | undefined,
  values: object,
  usage: string,
): T => {
  if (name === undefined) {
    throw new UsageError(usage);
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    throw new UsageError(`There is no command "${name}".\n\n${usage}`);
  }
  const foreign = Object.keys(values).find((given) => !command.takes.includes(given));
  if (foreign !== undefined) {
    throw new UsageError(`"${name}" takes no --${foreign}; --help says what it takes.`);
  }
  return command;
};
