import type { Context } from 'hono';
import type { TenantEnv } from '../../../context.ts';
import { managementError } from '../management-error.ts';
import { cutFromCheckpoint } from './checkpoint.ts';
import { pageBody, paginate } from './paginate.ts';

/**
 * A list as the query asks for it: from a checkpoint with `from` or `take`, else a page, bare or
 * wrapped with its totals.
 */
export const listAnswer = <T>(
  c: Context<TenantEnv>,
  name: string,
  items: readonly T[],
  idOf: (item: T) => string,
): Response => {
  if (c.req.query('take') !== undefined || c.req.query('from') !== undefined) {
    const part = cutFromCheckpoint(c, items, idOf);
    if (!part) {
      return managementError(c, 400, 'Invalid from or take.', 'invalid_query_string');
    }
    const { items: cut, ...rest } = part;
    return c.json({ [name]: cut, ...rest });
  }
  const page = paginate(c, items);
  if (!page) {
    return managementError(c, 400, 'Invalid page.', 'invalid_query_string');
  }
  return c.json(pageBody(name, page, items.length));
};

/** A list that is always wrapped with its totals. */
export const wrappedListAnswer = <T>(
  c: Context<TenantEnv>,
  name: string,
  items: readonly T[],
): Response => {
  const page = paginate(c, items);
  if (!page) {
    return managementError(c, 400, 'Invalid page.', 'invalid_query_string');
  }
  const { start, limit } = page;
  return c.json({
    [name]: page.items,
    total: items.length,
    page: limit === 0 ? 0 : start / limit,
    per_page: limit,
  });
};
