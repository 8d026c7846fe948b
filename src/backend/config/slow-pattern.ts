import { createContext, Script } from 'node:vm';
import { runWithDeadline } from './script-deadline.ts';

/** How long a part may take on all texts together, in milliseconds; an honest one takes a few. */
const DEADLINE_MILLISECONDS = 500;
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

/** Runs a part on its texts; tells whether that was stopped. Any error is a part that cannot stand alone. */
const isSlow = (part: string): boolean => {
  try {
    const contextOfTry = () => createContext({ part, texts: textsFor(part) });
    return runWithDeadline(SCRIPT, contextOfTry, DEADLINE_MILLISECONDS).stopped;
  } catch {
    return false;
  }
};

/**
 * Finds a part of a regular expression that takes exponentially long on some texts, by running every repeated group
 * on texts made for it; `undefined` when none does. What slips through is stopped at each use by a deadline.
 */
export const slowPart = (pattern: string): string | undefined =>
  [...quantifiedGroupsOf(pattern), pattern].find(isSlow);
