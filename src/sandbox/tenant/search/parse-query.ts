import { dateRange } from './date-range.ts';
import { InvalidQueryStringError, type SearchFields, type SearchQuery } from './search-query.ts';
import { type QueryToken, tokenizeQuery } from './tokenize-query.ts';

const MINIMUM_LITERAL_CHARACTERS = 3;
const MAXIMUM_DEPTH = 20;

const toDate = (field: string, token: QueryToken): SearchQuery => {
  if (token.kind === 'range') {
    return dateRange(field, token);
  }
  const text =
    token.kind === 'phrase'
      ? token.text
      : token.kind === 'word' && token.pieces.length === 1 && token.pieces[0];
  if (!text) {
    throw new InvalidQueryStringError('A date is missing.');
  }
  return dateRange(field, { lower: text, upper: text, withLower: true, withUpper: true });
};

const toTerm = (field: string, token: QueryToken): SearchQuery => {
  if (token.kind === 'phrase') {
    return { kind: 'term', field, pieces: [token.text] };
  }
  if (token.kind !== 'word') {
    throw new InvalidQueryStringError('A value is missing.');
  }
  const literal = token.pieces.join('');
  const hasLeadingWildcard = token.pieces.length > 1 && token.pieces[0] === '';
  if (hasLeadingWildcard && [...literal].length < MINIMUM_LITERAL_CHARACTERS) {
    throw new InvalidQueryStringError('A leading wildcard needs at least three other characters.');
  }
  return { kind: 'term', field, pieces: token.pieces };
};

/**
 * Parses `field:term`, `field:"phrase"`, `field:(a OR b)`, wildcards, `AND`, `OR`, `NOT` and
 * parentheses, and for dates `field:2026-11-20` and `field:[a TO b]`. Terms compare with the whole
 * value. `*` alone finds everything.
 *
 * @throws {InvalidQueryStringError} for anything else, or a field that is not searchable
 * @see Auth0 documentation, "User Search Query Syntax", "Log Search Query Syntax"
 */
export const parseQuery = (text: string, fields: SearchFields): SearchQuery => {
  if (text.trim() === '' || text.trim() === '*') {
    return { kind: 'all' };
  }
  const tokens = tokenizeQuery(text);
  let at = 0;
  let depth = 0;
  const peek = () => tokens[at];
  const take = (): QueryToken => {
    const token = tokens[at];
    if (!token) {
      throw new InvalidQueryStringError('The query ends too soon.');
    }
    at += 1;
    return token;
  };
  const expect = (kind: QueryToken['kind']) => {
    if (take().kind !== kind) {
      throw new InvalidQueryStringError(`Expected ${kind}.`);
    }
  };

  const dateOrTerm = (field: string, token: QueryToken): SearchQuery =>
    fields.isDate(field) ? toDate(field, token) : toTerm(field, token);

  const expression = (field: string | undefined): SearchQuery => {
    let left = conjunction(field);
    while (peek()?.kind === 'OR') {
      take();
      left = { kind: 'or', left, right: conjunction(field) };
    }
    return left;
  };
  const conjunction = (field: string | undefined): SearchQuery => {
    let left = negation(field);
    while (peek()?.kind === 'AND') {
      take();
      left = { kind: 'and', left, right: negation(field) };
    }
    return left;
  };
  const negation = (field: string | undefined): SearchQuery => {
    if (peek()?.kind !== 'NOT') {
      return primary(field);
    }
    take();
    return { kind: 'not', operand: primary(field) };
  };
  const group = (field: string | undefined): SearchQuery => {
    depth += 1;
    if (depth > MAXIMUM_DEPTH) {
      throw new InvalidQueryStringError('The query nests too deep.');
    }
    const inner = expression(field);
    expect(')');
    depth -= 1;
    return inner;
  };
  const primary = (field: string | undefined): SearchQuery => {
    const token = take();
    if (token.kind === '(') {
      return group(field);
    }
    if (field !== undefined) {
      return dateOrTerm(field, token);
    }
    if (token.kind !== 'word' || token.pieces.length !== 1) {
      throw new InvalidQueryStringError('A field name is missing.');
    }
    const name = token.pieces[0] ?? '';
    if (!fields.isSearchable(name)) {
      throw new InvalidQueryStringError(`Cannot search in ${name}.`);
    }
    expect(':');
    if (peek()?.kind === '(') {
      take();
      return group(name);
    }
    return dateOrTerm(name, take());
  };

  const query = expression(undefined);
  if (at < tokens.length) {
    throw new InvalidQueryStringError('Join terms with AND or OR.');
  }
  return query;
};
