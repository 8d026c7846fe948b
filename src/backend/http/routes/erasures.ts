import * as z from 'zod/mini';
import { confirmErasure, requestErasure } from '../../ledger/erase-customer.ts';
import type { Eraser } from '../../ports/eraser.ts';
import { refuse } from '../../refusal.ts';
import { OPERATIONS } from '../operations.ts';
import type { Register } from '../register.ts';

/** What {@link addErasureRoutes} works with. */
export type ErasureRoutesOptions = {
  /** Absent where the backend has no connection that may erase. */
  readonly eraser: Eraser | undefined;
};

const idSchema = z.uuid();

/** Erasing a customer: one person asks, another confirms. */
export const addErasureRoutes = (
  { route, routeWithBody }: Register,
  { eraser }: ErasureRoutesOptions,
): void => {
  routeWithBody(OPERATIONS.requestErasure, ({ caller, body }) =>
    requestErasure(eraser, caller, body.customerId),
  );

  route(OPERATIONS.confirmErasure, async ({ c, caller }) => {
    const id = idSchema.safeParse(c.req.param('id'));
    if (!id.success) {
      return refuse('invalid_request', 'The id of an erasure is a UUID.');
    }
    return confirmErasure(eraser, caller, id.data);
  });
};
