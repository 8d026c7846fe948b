import { InvalidQueryStringError, type SearchQuery } from './search-query.ts';

const DAY_IN_MILLISECONDS = 86_400_000;

/** A written date as the time that it covers: a day, or for a full timestamp one millisecond. */
const coveredBy = (text: string): { start: number; end: number } => {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isTimestamp = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text);
  const start = isDay || isTimestamp ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(start)) {
    throw new InvalidQueryStringError('A date is malformed.');
  }
  return { start, end: start + (isDay ? DAY_IN_MILLISECONDS : 1) };
};

/** `[a TO b]` with both ends in it; `{` and `}` leave theirs out, `*` is no bound. */
export const dateRange = (
  field: string,
  range: { lower: string; upper: string; withLower: boolean; withUpper: boolean },
): SearchQuery => {
  const { lower, upper, withLower, withUpper } = range;
  const lowest = lower === '*' ? undefined : coveredBy(lower);
  const highest = upper === '*' ? undefined : coveredBy(upper);
  return {
    kind: 'range',
    field,
    from: (withLower ? lowest?.start : lowest?.end) ?? Number.NEGATIVE_INFINITY,
    before: (withUpper ? highest?.end : highest?.start) ?? Number.POSITIVE_INFINITY,
  };
};
