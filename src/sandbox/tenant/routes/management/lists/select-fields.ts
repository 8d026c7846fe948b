import type { Context } from 'hono';
import type { TenantEnv } from '../../../context.ts';

/** Keeps, or with `include_fields=false` drops, the fields that the query lists. */
export const selectFields = <T extends object>(c: Context<TenantEnv>, item: T): Partial<T> => {
  const fields = c.req.query('fields')?.split(',').filter(Boolean);
  if (!fields?.length) {
    return item;
  }
  const include = c.req.query('include_fields') !== 'false';
  return Object.fromEntries(
    Object.entries(item).filter(([name]) => fields.includes(name) === include),
  ) as Partial<T>;
};
