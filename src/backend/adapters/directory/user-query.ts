import type { CustomerId } from '../../../contract/ids.ts';

/** The fields that a search term is looked for in; the tenant indexes them all. */
export const SEARCHED_FIELDS = [
  'name',
  'email',
  'user_id',
  'external_id',
  'username',
  'phone_number',
] as const;

/** A leading wildcard needs at least this many characters behind it, or Auth0 refuses the query. */
const LEADING_WILDCARD_MIN_CHARACTERS = 3;
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

const isLongEnough = (word: string): boolean => [...word].length >= LEADING_WILDCARD_MIN_CHARACTERS;

/**
 * The words that {@link searchQuery} leaves to its caller to filter by, in lower case: those too short to be
 * found inside a name, beside a word that is long enough.
 */
export const shortWordsOf = (term: string): readonly string[] => {
  const words = wordsOf(term);
  return words.some(isLongEnough) ? words.filter((word) => !isLongEnough(word)) : [];
};

const inConnections = (connections: readonly string[]): string =>
  `identities.connection:(${connections.map(phrase).join(' OR ')})`;

/** A person's names that begin with a word. A trailing wildcard may stand behind a single letter. */
const beginsWith = (word: string): string => {
  const prefix = `${escapeTerm(word)}*`;
  return `(name:${prefix} OR given_name:${prefix} OR family_name:${prefix} OR email:${prefix})`;
};

/** What is looked for as a whole: an id or its beginning, an id in other systems, a user name, a phone number. */
const asWhole = (term: string, externalIdField: string): readonly string[] => {
  const digits = term.replace(/[\s()./-]/g, '');
  return [
    `user_id:${phrase(term)}`,
    ...(isLongEnough(term) ? [`user_id:${escapeTerm(term)}*`] : []),
    `app_metadata.${externalIdField}:${phrase(term)}`,
    `username:${escapeTerm(term)}*`,
    ...(/^\+?\d{4,}$/.test(digits) ? [`phone_number:${escapeTerm(digits)}*`] : []),
  ];
};

/**
 * The query for everybody in the connections who has each word of the term in their name or e-mail, or
 * whose id, external id, user name or phone number is the term or begins with it. Where all words are too short
 * to be found inside a name, names must begin with them. `undefined` for a term without a word.
 * @see Auth0 "User Search Query Syntax"
 */
export const searchQuery = (
  term: string,
  connections: readonly string[],
  externalIdField: string,
): string | undefined => {
  const words = wordsOf(term);
  if (words.length === 0) {
    return undefined;
  }
  const whole = term.trim();
  const long = words.filter(isLongEnough);
  const people =
    long.length > 0
      ? long.map((word) => `(name:*${escapeTerm(word)}* OR email:*${escapeTerm(word)}*)`)
      : words.map(beginsWith);
  const ways = [
    `(${people.join(' AND ')})`,
    ...(long.length === 0 && words.length > 1 ? [`name:${escapeTerm(whole)}*`] : []),
    ...asWhole(whole, externalIdField),
  ];
  return `(${ways.join(' OR ')}) AND ${inConnections(connections)}`;
};

/** The query for these ids, as far as they are in the connections. */
export const idsQuery = (ids: readonly CustomerId[], connections: readonly string[]): string =>
  `user_id:(${ids.map(phrase).join(' OR ')}) AND ${inConnections(connections)}`;

/** The query for those whose field is exactly this value, as far as they are in the connections. */
export const exactQuery = (field: string, value: string, connections: readonly string[]): string =>
  `${field}:${phrase(value)} AND ${inConnections(connections)}`;
