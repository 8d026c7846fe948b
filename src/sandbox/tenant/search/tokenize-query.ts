import { InvalidQueryStringError } from './search-query.ts';

export type QueryToken =
  | { kind: '(' | ')' | ':' | 'AND' | 'OR' | 'NOT' }
  /** Unquoted: pieces of literal text with a wildcard between each two. */
  | { kind: 'word'; pieces: string[] }
  | { kind: 'phrase'; text: string }
  | { kind: 'range'; lower: string; upper: string; withLower: boolean; withUpper: boolean };

const SPECIAL = new Set([...'+!(){}[]^"~?:\\/']);
const keywords = new Map<string, 'AND' | 'OR' | 'NOT'>([
  ['AND', 'AND'],
  ['OR', 'OR'],
  ['NOT', 'NOT'],
]);

/** `&&` and `||` are operators anywhere, `-`, `<`, `>` and `=` at the start of a word. */
const isOperator = (text: string, at: number, start: number): boolean => {
  const character = text.charAt(at);
  if ('&|'.includes(character)) {
    return text.charAt(at + 1) === character;
  }
  if ('-<>='.includes(character)) {
    return at === start;
  }
  return SPECIAL.has(character);
};

const readPhrase = (text: string, start: number): { token: QueryToken; next: number } => {
  let phrase = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') {
      return { token: { kind: 'phrase', text: phrase }, next: at + 1 };
    }
    if (character === '\\') {
      at += 1;
    }
    phrase += text.charAt(at);
  }
  throw new InvalidQueryStringError('A quoted phrase does not end.');
};

const readRange = (text: string, start: number): { token: QueryToken; next: number } => {
  const pattern = /([[{])\s*([^\s\]}]+)\s+TO\s+([^\s\]}]+)\s*([\]}])/y;
  pattern.lastIndex = start;
  const [whole, open, lower, upper, close] = pattern.exec(text) ?? [];
  if (whole === undefined || lower === undefined || upper === undefined) {
    throw new InvalidQueryStringError('A range is written [a TO b].');
  }
  return {
    token: { kind: 'range', lower, upper, withLower: open === '[', withUpper: close === ']' },
    next: start + whole.length,
  };
};

const readWord = (text: string, start: number): { token: QueryToken; next: number } => {
  const pieces = [''];
  let escaped = false;
  let at = start;
  const append = (character: string) => pieces.push((pieces.pop() ?? '') + character);
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') {
      at += 1;
      if (at >= text.length) {
        throw new InvalidQueryStringError('A backslash escapes nothing.');
      }
      append(text.charAt(at));
      escaped = true;
    } else if (character === '*') {
      pieces.push('');
    } else if (/\s/.test(character) || '():'.includes(character)) {
      break;
    } else if (isOperator(text, at, start)) {
      throw new InvalidQueryStringError(`Escape the character ${character}.`);
    } else {
      append(character);
    }
  }
  const keyword = !escaped && pieces.length === 1 ? keywords.get(pieces[0] ?? '') : undefined;
  return { token: keyword ? { kind: keyword } : { kind: 'word', pieces }, next: at };
};

const readerFor = (character: string) => {
  if (character === '"') {
    return readPhrase;
  }
  return character === '[' || character === '{' ? readRange : readWord;
};

/**
 * Splits a query into tokens; special characters must be escaped with a backslash.
 *
 * @throws {InvalidQueryStringError}
 */
export const tokenizeQuery = (text: string): QueryToken[] => {
  const tokens: QueryToken[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (/\s/.test(character)) {
      at += 1;
    } else if (character === '(' || character === ')' || character === ':') {
      tokens.push({ kind: character });
      at += 1;
    } else {
      const read = readerFor(character)(text, at);
      tokens.push(read.token);
      at = read.next;
    }
  }
  return tokens;
};
