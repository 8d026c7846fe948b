import { createContext, Script } from 'node:vm';

/** How long a part may take on all texts together, in milliseconds; an honest one takes a few. */
const TIMEOUT_MILLISECONDS = 500;
/** As long as a ticket may be. */
const TEXT_CHARACTERS = 100;

/** Where each group of a pattern begins and ends, quantifier included, outermost first. */
const quantifiedGroupsOf = (pattern: string): readonly string[] => {
  const opened: number[] = [];
  const groups: string[] = [];
  let inClass = false;
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index];
    if (character === '\\') {
      index += 1;
    } else if (inClass) {
      inClass = character !== ']';
    } else if (character === '[') {
      inClass = true;
    } else if (character === '(') {
      opened.push(index);
    } else if (character === ')') {
      const [quantifier] = /^(?:[*+]|\{\d+,\d*\})/.exec(pattern.slice(index + 1)) ?? [];
      const start = opened.pop();
      if (start !== undefined && quantifier !== undefined) {
        groups.push(pattern.slice(start, index + 1 + quantifier.length));
      }
    }
  }
  return groups;
};

/** Texts that a part matches often and in the end does not: each character of it, and each pair, repeated. */
const textsFor = (part: string): readonly string[] => {
  const alphabet = [
    ...new Set(['a', 'A', '0', '-', ' ', ...(part.match(/[\p{L}\p{N}_./:#-]/gu) ?? [])]),
  ].slice(0, 16);
  const units = alphabet.flatMap((first) => [first, ...alphabet.map((second) => first + second)]);
  return [...new Set(units)].map(
    (unit) => `${unit.repeat(TEXT_CHARACTERS).slice(0, TEXT_CHARACTERS - 1)}\u0000`,
  );
};

const SCRIPT = new Script(`
  const matcher = new RegExp('^(?:' + part + ')$', 'u');
  for (const text of texts) matcher.test(text);
`);

const isTimeout = (error: unknown): boolean =>
  // The error may come from the context's own realm, where it is no instance of this one's Error.
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** Runs a part on its texts; tells whether that was stopped. Any error is a part that cannot stand alone. */
const isStopped = (part: string, timeout: number): boolean => {
  try {
    SCRIPT.runInContext(createContext({ part, texts: textsFor(part) }), { timeout });
    return false;
  } catch (error) {
    return isTimeout(error);
  }
};

/**
 * The deadline runs by the clock; on a busy machine it says something only if the process was really running. A
 * process that gets a small share of the machine is given longer each time, or it would never run long enough.
 */
const isSlow = (part: string): boolean => {
  for (let timeout = TIMEOUT_MILLISECONDS; ; timeout *= 2) {
    const before = process.cpuUsage();
    if (!isStopped(part, timeout)) {
      return false;
    }
    const { user, system } = process.cpuUsage(before);
    if (user + system > (TIMEOUT_MILLISECONDS * 1_000) / 2) {
      return true;
    }
  }
};

/**
 * Finds a part of a regular expression that takes exponentially long on some texts, by running every repeated group
 * on texts made for it; `undefined` when none does. What slips through is stopped at each use by a deadline.
 */
export const slowPart = (pattern: string): string | undefined =>
  [...quantifiedGroupsOf(pattern), pattern].find(isSlow);
