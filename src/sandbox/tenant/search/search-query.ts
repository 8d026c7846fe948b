/** A parsed search: a strict subset of the Lucene syntax that Auth0 documents. */
export type SearchQuery =
  | { kind: 'all' }
  /** Literal pieces with anything between each two; one piece is the whole value. */
  | { kind: 'term'; field: string; pieces: readonly string[] }
  /** A moment in `[from, before)`, in milliseconds since 1970; the bounds may be infinite. */
  | { kind: 'range'; field: string; from: number; before: number }
  | { kind: 'and' | 'or'; left: SearchQuery; right: SearchQuery }
  | { kind: 'not'; operand: SearchQuery };

/** Which fields a search may name, and which of them hold a date. */
export type SearchFields = {
  isSearchable: (field: string) => boolean;
  isDate: (field: string) => boolean;
};

/** The query is outside the supported syntax; Auth0 answers 400 `invalid_query_string`. */
export class InvalidQueryStringError extends Error {
  override name = 'InvalidQueryStringError';
}
