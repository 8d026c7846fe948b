import type { CustomerId } from '../../../contract/ids.ts';

/** The fields that a search term is looked for in. */
export const SEARCHED_FIELDS = ['name', 'email', 'user_id'] as const;

/** A wildcard needs at least this many characters beside it, or Auth0 refuses the query. */
const WILDCARD_MIN_CHARACTERS = 3;
const MAX_WORDS = 6;

/** Makes text literal in Auth0's query syntax: whatever it holds, it cannot become an operator. */
export const escapeTerm = (text: string): string =>
  text.replace(/[+\-=&|><!(){}[\]^"~*?:\\/\s]/g, '\\$&');

const phrase = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const wordsOf = (term: string): readonly string[] =>
  term
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);

const isLongEnough = (word: string): boolean => [...word].length >= WILDCARD_MIN_CHARACTERS;

/** The words that {@link searchQuery} leaves out, in lower case. */
export const shortWordsOf = (term: string): readonly string[] =>
  wordsOf(term).filter((word) => !isLongEnough(word));

const inConnections = (connections: readonly string[]): string =>
  `identities.connection:(${connections.map(phrase).join(' OR ')})`;

/**
 * The query for everybody in the connections whose name or e-mail contains each word, or whose id is
 * the term. Words that are too short for a wildcard are left to the caller to filter by; `undefined`
 * when no word is long enough.
 * @see Auth0 "User Search Query Syntax"
 */
export const searchQuery = (term: string, connections: readonly string[]): string | undefined => {
  const words = wordsOf(term).filter(isLongEnough);
  if (words.length === 0) return undefined;
  const matches = words.map((word) => {
    const wildcard = `*${escapeTerm(word)}*`;
    return `(name:${wildcard} OR email:${wildcard})`;
  });
  return `((${matches.join(' AND ')}) OR user_id:${phrase(term.trim())}) AND ${inConnections(connections)}`;
};

/** The query for these ids, as far as they are in the connections. */
export const idsQuery = (ids: readonly CustomerId[], connections: readonly string[]): string =>
  `user_id:(${ids.map(phrase).join(' OR ')}) AND ${inConnections(connections)}`;

/** The query for those whose field is exactly this value, as far as they are in the connections. */
export const exactQuery = (field: string, value: string, connections: readonly string[]): string =>
  `${field}:${phrase(value)} AND ${inConnections(connections)}`;
