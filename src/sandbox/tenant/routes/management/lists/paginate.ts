import type { Context } from 'hono';
import type { TenantEnv } from '../../../context.ts';

const MAXIMUM_PER_PAGE = 100;

/** A page of a list, and how the query asked for it; undefined when the numbers are no good. */
export type Page<T> = { items: T[]; start: number; limit: number; withTotals: boolean };

/** Cuts the page `page`/`per_page` out of a list; `include_totals` asks for the wrapped shape. */
export const paginate = <T>(c: Context<TenantEnv>, items: readonly T[]): Page<T> | undefined => {
  const page = Number(c.req.query('page') ?? '0');
  const limit = Number(c.req.query('per_page') ?? '50');
  const fine = Number.isInteger(page) && page >= 0 && Number.isInteger(limit) && limit >= 0;
  if (!fine || limit > MAXIMUM_PER_PAGE) {
    return undefined;
  }
  const start = page * limit;
  return {
    items: items.slice(start, start + limit),
    start,
    limit,
    withTotals: c.req.query('include_totals') === 'true',
  };
};

/** The list bare, or wrapped with its totals under a name. */
export const pageBody = <T>(name: string, page: Page<T>, total: number): object =>
  page.withTotals
    ? { start: page.start, limit: page.limit, length: page.items.length, total, [name]: page.items }
    : page.items;
