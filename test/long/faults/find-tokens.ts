import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Long enough that no other text has it by chance, short enough that a line break in a token hides no part of it. */
const PART = { start: 8, length: 20 };
/** What tokens are made of, where enough of it stands together. */
const RUNS = /[\w-]{20,}/g;

const partOf = (token: string): string => token.slice(PART.start, PART.start + PART.length);

/** Where a text holds a part of any of the tokens. All are looked for at the same time, for there may be thousands. */
const partsIn = (text: string, parts: ReadonlySet<string>): readonly string[] => {
  const found: string[] = [];
  for (const [run] of text.matchAll(RUNS)) {
    for (let start = 0; start + PART.length <= run.length; start += 1) {
      const part = run.slice(start, start + PART.length);
      if (parts.has(part)) {
        found.push(part);
      }
    }
  }
  return found;
};

/** The tokens that stand in a text. */
export const tokensInText = (tokens: readonly string[], text: string): readonly string[] => {
  const found = new Set(partsIn(text, new Set(tokens.map(partOf))));
  return tokens.filter((token) => found.has(partOf(token)));
};

/** The tokens that stand in any file of a folder, as they are or as UTF-16. */
export const tokensInFiles = (tokens: readonly string[], folder: string): readonly string[] => {
  const parts = new Set(tokens.map(partOf));
  const found = new Set<string>();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const { parentPath, name } of files.filter((entry) => entry.isFile())) {
    const text = readFileSync(join(parentPath, name), 'latin1');
    for (const part of [...partsIn(text, parts), ...partsIn(text.replaceAll('\0', ''), parts)]) {
      found.add(part);
    }
  }
  return tokens.filter((token) => found.has(partOf(token)));
};
