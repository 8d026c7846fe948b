import type { SearchQuery } from './search-query.ts';

const valuesAt = (value: unknown, path: readonly string[]): string[] => {
  if (Array.isArray(value)) {
    return value.flatMap((item) => valuesAt(item, path));
  }
  const [head, ...rest] = path;
  if (head === undefined) {
    return ['string', 'number', 'boolean'].includes(typeof value) ? [String(value)] : [];
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, head)) {
    return [];
  }
  return valuesAt((value as Record<string, unknown>)[head], rest);
};

/** Pieces in their order, the first at the start and the last at the end; linear in the value. */
const matchesPieces = (value: string, pieces: readonly string[]): boolean => {
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) {
    return value === first;
  }
  if (!value.startsWith(first)) {
    return false;
  }
  let at = first.length;
  for (const piece of others) {
    const found = value.indexOf(piece, at);
    if (found < 0) {
      return false;
    }
    at = found + piece.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
};

/** Whether upper and lower case of a letter are different to a search. */
export type LetterCase = 'ignored' | 'significant';

/** Whether a document matches; a field with several values matches when one of them does. */
export const matchesQuery = (
  document: unknown,
  query: SearchQuery,
  letterCase: LetterCase,
): boolean => {
  const fold = (text: string) => (letterCase === 'ignored' ? text.toLowerCase() : text);
  switch (query.kind) {
    case 'all':
      return true;
    case 'term':
      return valuesAt(document, query.field.split('.')).some((value) =>
        matchesPieces(fold(value), query.pieces.map(fold)),
      );
    case 'range':
      return valuesAt(document, query.field.split('.'))
        .map(Date.parse)
        .some((moment) => moment >= query.from && moment < query.before);
    case 'and':
      return (
        matchesQuery(document, query.left, letterCase) &&
        matchesQuery(document, query.right, letterCase)
      );
    case 'or':
      return (
        matchesQuery(document, query.left, letterCase) ||
        matchesQuery(document, query.right, letterCase)
      );
    case 'not':
      return !matchesQuery(document, query.operand, letterCase);
  }
};
