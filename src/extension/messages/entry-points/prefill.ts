import * as z from 'zod/mini';
import { customerSchema } from '../../../contract/customer.ts';
import { launchIdSchema } from '../../../contract/ids.ts';
import { recordMatchesSchema } from '../../../contract/record.ts';
import { draftSchema } from '../launch/draft.ts';
import { problemReportSchema } from '../wire/problem-schema.ts';

const id = z.uuid();

/**
 * What the agent began outside of the panel, in a context menu, with a shortcut or in the address bar: a launch for
 * a customer, a search, or the end of a session. Every customer in it was resolved by the backend; only `query`, a
 * search term, comes from the page.
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
