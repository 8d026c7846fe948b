import * as z from 'zod/mini';
import { customerSchema } from '../../../contract/customer.ts';
import { launchIdSchema } from '../../../contract/ids.ts';
import { recordMatchesSchema } from '../../../contract/record.ts';
import { draftSchema } from '../launch/draft.ts';
import { problemReportSchema } from '../wire/problem-schema.ts';

const id = z.uuid();

/**
 * Whom the agent pointed at outside of the panel: in a context menu, with a shortcut, in the address
 * bar; or which session they are ending there. Every customer in it is as the backend resolved them; only `query` is the page's, a search term.
 */
export const prefillSchema = z.discriminatedUnion('state', [
  z.object({ id, state: z.literal('resolving') }),
  z.object({
    id,
    state: z.literal('customer'),
    draft: draftSchema,
    customer: z.optional(customerSchema),
  }),
  z.object({ id, state: z.literal('matches'), matches: recordMatchesSchema }),
  z.object({ id, state: z.literal('search'), query: z.string() }),
  z.object({ id, state: z.literal('launch'), launchId: launchIdSchema }),
  z.object({ id, state: z.literal('failed'), problem: problemReportSchema }),
]);
export type Prefill = z.infer<typeof prefillSchema>;
