import type { Context } from 'hono';
import type { TenantEnv } from '../../../context.ts';

const MAXIMUM_TAKE = 100;

/** Part of a list from a checkpoint, and the checkpoint of what follows. */
type Part<T> = { items: T[]; next?: string };

/** Cuts `take` items out of a list, starting with the one that `from` names; undefined when either is no good. */
export const cutFromCheckpoint = <T>(
  c: Context<TenantEnv>,
  items: readonly T[],
  idOf: (item: T) => string,
): Part<T> | undefined => {
  const take = Number(c.req.query('take') ?? '50');
  const from = c.req.query('from');
  const start = from === undefined ? 0 : items.findIndex((item) => idOf(item) === from);
  if (!Number.isInteger(take) || take < 1 || take > MAXIMUM_TAKE || start < 0) {
    return undefined;
  }
  const following = items[start + take];
  return {
    items: items.slice(start, start + take),
    ...(following !== undefined && { next: idOf(following) }),
  };
};
