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

/** Whether a document matches; a field with several values matches when one of them does. */
export const matchesQuery = (document: unknown, query: SearchQuery): boolean => {
  switch (query.kind) {
    case 'all':
      return true;
    case 'term':
      return valuesAt(document, query.field.split('.')).some((value) => query.pattern.test(value));
    case 'and':
      return matchesQuery(document, query.left) && matchesQuery(document, query.right);
    case 'or':
      return matchesQuery(document, query.left) || matchesQuery(document, query.right);
    case 'not':
      return !matchesQuery(document, query.operand);
  }
};
