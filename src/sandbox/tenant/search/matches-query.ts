import type { SearchQuery } from './search-query.ts';

const valuesAt = (value: unknown, path: readonly string[]): string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [head, ...rest] = path;
  if (head === undefined) {
    return ['string', 'number', 'boolean'].includes(typeof value) ? [String(value)] : [];
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, head)) return [];
  return valuesAt((value as Record<string, unknown>)[head], rest);
};

/** Pieces in their order, the first at the start and the last at the end; linear in the value. */
const matchesPieces = (value: string, pieces: readonly string[]): boolean => {
  const [first = '', ...others] = pieces.map((piece) => piece.toLowerCase());
  const last = others.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = value.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
};

/** Whether a document matches; a field with several values matches when one of them does. */
export const matchesQuery = (document: unknown, query: SearchQuery): boolean => {
  switch (query.kind) {
    case 'all':
      return true;
    case 'term':
      return valuesAt(document, query.field.split('.')).some((value) =>
        matchesPieces(value.toLowerCase(), query.pieces),
      );
    case 'and':
      return matchesQuery(document, query.left) && matchesQuery(document, query.right);
    case 'or':
      return matchesQuery(document, query.left) || matchesQuery(document, query.right);
    case 'not':
      return !matchesQuery(document, query.operand);
  }
};
