import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

const mistakesIn = (args: readonly string[], options: Options): readonly string[] => {
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = tokens.filter((token) => token.kind === 'option');
  return given.flatMap(({ name, rawName, value, inlineValue }, index) => {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) {
      return [`There is no option ${rawName}; --help lists those that there are.`];
    }
    if (option.type === 'boolean' && value !== undefined) {
      return [`${rawName} takes no value.`];
    }
    // What begins with a dash and does not follow a "=" is the next option.
    if (option.type === 'string' && (!value || (value.startsWith('-') && !inlineValue))) {
      return [`${rawName} needs a value.`];
    }
    const isContradicted = given
      .slice(0, index)
      .some((earlier) => earlier.name === name && earlier.value !== value);
    return isContradicted && !option.multiple ? [`${rawName} has two values.`] : [];
  });
};

/**
 * Reads the options of a command, and up to `maxWords` words beside them.
 * @throws {UsageError} for an option that is not known, that has two values, or whose value is missing or empty, and
 * for a word too many.
 */
export const readArguments = <const T extends Options>(
  args: readonly string[],
  options: T,
  maxWords: number,
) => {
  const [mistake] = mistakesIn(args, options);
  if (mistake !== undefined) {
    throw new UsageError(mistake);
  }
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const tooMany = positionals[maxWords];
  if (tooMany !== undefined) {
    throw new UsageError(`"${tooMany}" is no option; --help lists those that there are.`);
  }
  return { values, words: positionals };
};
